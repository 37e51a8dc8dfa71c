//! Terraform's types as they are written in attributes: `list(object({ name = string }))`.

use webhook_infra_core::schema::Type;
use webhook_infra_core::type_expression::{self, NoType};
use webhook_infra_core::{
    Key as EntryKey, Object, Reference, Target, Value, ValueKind, expression,
};

use crate::context::Context;
use crate::errors::Error;
use crate::syntax::{Expression, ExpressionKind, parse_interpolation};

impl Context<'_> {
    /// The type that an expression says, and its text in one canonical spelling. `None` when it says none,
    /// which is reported.
    pub(crate) fn type_expression(&mut self, written: &Expression) -> Option<(Type, String)> {
        let parsed = match &written.kind {
            ExpressionKind::String(text) => match parse_interpolation(text, written.span) {
                Ok(inner) => self.as_type(&inner),
                Err(_) => {
                    self.no_type(written);
                    return None;
                }
            },
            _ => self.as_type(written),
        };
        let Some(value) = parsed else {
            self.no_type(written);
            return None;
        };
        match type_expression::read(&value) {
            Ok(type_) => Some((type_, expression::render(&value))),
            Err(NoType {
                origin,
                message,
                help,
            }) => {
                let span = self.document.provenance(origin).copied();
                self.errors
                    .push(Error::new(span.unwrap_or(written.span), message, help));
                None
            }
        }
    }

    fn no_type(&mut self, written: &Expression) {
        self.errors.add(
            written.span,
            "`type` takes one of Terraform's types",
            "write `type = number`, `type = list(string)` or `type = object({ name = string, size = optional(number, 1) })`",
        );
    }

    /// The expression as a value whose names are types, not declarations.
    fn as_type(&mut self, written: &Expression) -> Option<Value> {
        let origin = self.origin(written.span);
        let kind = match &written.kind {
            ExpressionKind::Name(name) if name == "null" => ValueKind::Null,
            ExpressionKind::Name(name) => ValueKind::Reference(Reference {
                target: Target::Scoped(name.to_string()),
                path: Vec::new(),
            }),
            ExpressionKind::Call(function, arguments) => ValueKind::Call {
                function: function.clone(),
                arguments: arguments
                    .iter()
                    .map(|argument| self.as_type(argument))
                    .collect::<Option<_>>()?,
                spread: false,
            },
            ExpressionKind::List(items) => ValueKind::List(
                items
                    .iter()
                    .map(|item| self.as_type(item))
                    .collect::<Option<_>>()?,
            ),
            ExpressionKind::Map(entries) => {
                let mut object = Object::new();
                for (key, value) in entries {
                    let name = match &key.kind {
                        ExpressionKind::Name(name) => {
                            name.to_string().trim_start_matches("r#").to_owned()
                        }
                        ExpressionKind::String(text) => text.clone(),
                        _ => return None,
                    };
                    let origin = self.origin(key.span);
                    object.set(EntryKey::new(name, origin), self.as_type(value)?);
                }
                ValueKind::Object(object)
            }
            ExpressionKind::Bool(flag) => ValueKind::Bool(*flag),
            ExpressionKind::Number(number) => ValueKind::Number(number.clone()),
            ExpressionKind::String(text) => ValueKind::String(text.clone()),
            ExpressionKind::Group(inner) => return self.as_type(inner),
            _ => return None,
        };
        Some(kind.at(origin))
    }
}
