//! `#[objects(prefix = "out/")]` on a permission for the objects of a bucket.

use webhook_infra_core::{Part, Value};

use super::capability::{Capability, Scope};
use super::{Key, Shape};
use crate::context::{Context, surrounded};
use crate::syntax::Annotation;

/// The keys of `#[objects(…)]`.
pub(super) const OBJECTS: &[Key] = &[Key::new(
    "prefix",
    Shape::Text,
    "Only objects whose keys start with this: `#[objects(prefix = \"out/\")] pub results: PutObject<Files>`.",
)];

/// The prefix of the keys that a permission for objects is limited to.
pub(super) fn prefix(
    context: &mut Context<'_>,
    annotations: &[Annotation],
    capability: &Capability,
) -> Option<Value> {
    let annotation = annotations
        .iter()
        .find(|annotation| annotation.name == "objects")?;
    if capability.scope != Scope::Objects {
        context.errors.add(
            annotation.name.span(),
            format!("`{}` is not about the objects of a bucket", capability.name),
            "remove `#[objects(…)]`: it is for `PutObject`, `GetObject` and `DeleteObject`",
        );
        return None;
    }
    let settings = context.settings(
        &annotation.entries,
        OBJECTS,
        None,
        "`#[objects]`",
        "lambda::objects",
    );
    if settings.value("prefix").is_none() && !settings.is_faulty {
        context.errors.add(
            annotation.name.span(),
            "`#[objects]` does not say which",
            "write `#[objects(prefix = \"out/\")]`",
        );
    }
    settings.value("prefix").cloned()
}

/// The objects of a bucket whose keys start with `prefix`.
pub(super) fn with_prefix(bucket: &Value, prefix: &Value) -> Value {
    Value::template(vec![
        Part::Interpolation(bucket.clone()),
        Part::Text("/".to_owned()),
        Part::Interpolation(surrounded("", prefix, "*")),
    ])
}
