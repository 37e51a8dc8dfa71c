//! Everything that a value refers to.

use super::{Reference, Value, ValueKind};
use crate::document::Origin;
use crate::expression;

impl Value {
    /// Calls `visit` for every reference in the value, with the place it was written or, when that is
    /// not known, the nearest around it: also for those in the keys of maps, and in Terraform source
    /// that is passed on as it is.
    pub fn each_reference(&self, around: Origin, visit: &mut dyn FnMut(&Reference, Origin)) {
        self.walk(&mut |value| {
            let origin = value.origin.or(around);
            match &value.kind {
                ValueKind::Reference(reference) => visit(reference, origin),
                ValueKind::Object(object) => {
                    for (key, _) in object.iter().filter(|(key, _)| key.template) {
                        expression::parse_template(&key.name)
                            .each_reference(key.origin.or(origin), visit);
                    }
                }
                ValueKind::Raw { text, template } => {
                    for reference in expression::scan(text, *template) {
                        visit(&reference, origin);
                    }
                }
                _ => {}
            }
        });
    }
}
