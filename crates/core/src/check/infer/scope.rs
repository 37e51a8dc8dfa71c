//! Names that are bound around an expression: by `for`, or by Terraform.

use super::{Infer, Shape};
use crate::check::catalogue;
use crate::document::{BlockKind, Origin};
use crate::schema::Type;
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Object, Step, Value};

impl<'g> Infer<'g, '_> {
    /// What a bound name stands for, and how many steps of the path belong to the name.
    pub(super) fn scoped(&mut self, name: &str, path: &[Step], origin: Origin) -> (Shape, usize) {
        let bound = self.bound.iter().rev().find(|(bound, _)| bound == name);
        if let Some((_, shape)) = bound {
            return (shape.clone(), 0);
        }
        let attributes: &[&str] = match name {
            "each" => &["key", "value"],
            "count" => &["index"],
            "path" => &["module", "root", "cwd"],
            "terraform" => &["workspace", "applying"],
            "self" => return (self.itself(), 0),
            _ => {
                self.unbound(name, origin);
                return (Shape::ANY, path.len());
            }
        };
        let attribute = match path.first() {
            Some(Step::Attribute(attribute)) => attribute.as_str(),
            _ => "",
        };
        if !attributes.contains(&attribute) {
            self.misspelled(name, attribute, attributes, origin);
            return (Shape::ANY, path.len());
        }
        let shape = match (name, attribute) {
            ("each", _) => self.each(attribute, origin),
            ("count", _) => {
                self.repeated("count", origin);
                Shape::Type(Type::Number)
            }
            (_, "applying") => Shape::Type(Type::Bool),
            _ => Shape::Type(Type::String),
        };
        (shape, 1)
    }

    fn each(&mut self, attribute: &str, origin: Origin) -> Shape {
        let Some(collection) = self.repeated("for_each", origin) else {
            return Shape::ANY;
        };
        if attribute == "key" {
            return Shape::Type(Type::String);
        }
        if self.budget == 0 {
            return Shape::ANY;
        }
        let mut inner = Infer::silent(self.block, &["for_each"]);
        inner.budget = self.budget - 1;
        let shape = inner.value(collection, Origin::UNKNOWN);
        self.budget = inner.budget;
        shape.element().unwrap_or(Shape::ANY)
    }

    /// The argument that makes several of the block; without, or inside of it, that is reported.
    fn repeated(&mut self, argument: &'static str, origin: Origin) -> Option<&'g Value> {
        let block = self.block;
        let name = if argument == "count" {
            "count.index"
        } else {
            "each"
        };
        let inside = self.way.first().copied();
        let found = block.get(argument);
        let is_itself = inside == Some("count") || inside == Some("for_each");
        if found.is_some() && !is_itself {
            return found;
        }
        let address = block.block.address();
        let message = if is_itself {
            format!(
                "`{name}` has no meaning in `{}` of `{address}`",
                inside.unwrap_or(argument)
            )
        } else {
            format!("`{name}` has no meaning in `{address}`, which has no `{argument}`")
        };
        let help = if is_itself {
            "write what there shall be several of; each of them knows its own key".to_owned()
        } else if argument == "count" {
            "add `count = 2`, or write the number itself".to_owned()
        } else {
            "add `for_each = toset([\"a\", \"b\"])`, or write the value itself".to_owned()
        };
        if let Some(diagnostic) = self.report_always(&catalogue::OUT_OF_SCOPE, origin, message) {
            diagnostic
                .because(format!(
                    "Terraform binds `{name}` where `{argument}` makes several"
                ))
                .help(help);
        }
        None
    }

    /// `self`: the block, where it looks at itself. That it does so elsewhere is a check of its own.
    fn itself(&self) -> Shape {
        let is_known = matches!(
            self.way,
            ["lifecycle", "postcondition", ..] | ["provisioner" | "connection", ..]
        );
        if is_known {
            return self.block.schema().map_or(Shape::ANY, Shape::Block);
        }
        Shape::ANY
    }

    fn misspelled(&mut self, name: &str, attribute: &str, known: &[&str], origin: Origin) {
        let near = nearest(attribute, known.iter().copied());
        let near = near
            .iter()
            .map(|near| format!("{name}.{near}"))
            .collect::<Vec<_>>();
        let help = match near.as_slice() {
            [] => format!("write `{name}.{}`", known.join(&format!("` or `{name}."))),
            near => did_you_mean(&near.iter().map(String::as_str).collect::<Vec<_>>()),
        };
        let message = if attribute.is_empty() {
            format!("`{name}` is no value by itself")
        } else {
            format!("`{name}` has no attribute `{attribute}`")
        };
        if let Some(diagnostic) = self.report_always(&catalogue::UNKNOWN_ATTRIBUTE, origin, message)
        {
            diagnostic
                .because("Terraform refuses a reference to what is not there")
                .help(help);
        }
    }

    /// A name that nothing binds. The iterators of `dynamic` blocks are not looked up.
    fn unbound(&mut self, name: &str, origin: Origin) {
        let is_iterator = self.block.get("dynamic").is_some()
            || self.way.contains(&"dynamic")
            || has_dynamic(&self.block.block.body);
        if is_iterator || self.block.block.kind == BlockKind::Check {
            return;
        }
        let names = self.bound.iter().map(|(name, _)| name.as_str());
        let near = nearest(name, names);
        let help = match near.as_slice() {
            [] => format!("for a text, write it in quotes: `\"{name}\"`"),
            near => did_you_mean(near),
        };
        let address = self.block.block.address();
        let message = format!("`{address}` refers to `{name}`, which nothing declares");
        if let Some(diagnostic) =
            self.report_always(&catalogue::UNDEFINED_REFERENCE, origin, message)
        {
            diagnostic
                .because("Terraform refuses a reference to what is not there")
                .help(help);
        }
    }
}

/// Whether there is a `dynamic` block somewhere in a body.
fn has_dynamic(body: &Object) -> bool {
    body.iter()
        .any(|(key, value)| key.name == "dynamic" || value.objects().into_iter().any(has_dynamic))
}
