//! Expressions to values.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::value::BinaryOperator;
use webhook_infra_core::{Key as EntryKey, Object, Part, Reference, Target, Value, ValueKind};

use super::{Lowered, struct_name};
use crate::context::Context;
use crate::errors::Error;
use crate::names;
use crate::syntax::{Expression, ExpressionKind, parse_interpolation};

impl Context<'_> {
    /// The value of an expression; `None` when it has a mistake, which is then reported.
    pub(crate) fn value(&mut self, expression: &Expression) -> Option<Value> {
        match self.lower(expression) {
            Ok(value) => Some(value),
            Err(error) => {
                self.errors.push(error);
                None
            }
        }
    }

    pub(super) fn lower(&mut self, expression: &Expression) -> Lowered<Value> {
        let origin = self.origin(expression.span);
        let kind = match &expression.kind {
            ExpressionKind::Bool(flag) => ValueKind::Bool(*flag),
            ExpressionKind::Number(number) => ValueKind::Number(number.clone()),
            ExpressionKind::String(text) => self.template(text, expression.span)?.kind,
            ExpressionKind::Path(tokens) => match struct_name(tokens) {
                Some(_) => self.named_elsewhere(tokens),
                None => self.constant(tokens.clone()),
            },
            ExpressionKind::Name(name) => self.lone_name(name)?,
            ExpressionKind::Field(..) | ExpressionKind::Index(..) => self.reference(expression)?,
            ExpressionKind::Call(function, arguments) => ValueKind::Call {
                function: function.clone(),
                arguments: self.lower_all(arguments)?,
                spread: false,
            },
            ExpressionKind::List(items) => ValueKind::List(self.lower_all(items)?),
            ExpressionKind::Map(entries) => ValueKind::Object(self.map(entries)?),
            ExpressionKind::Unary(operator, operand) => {
                ValueKind::Unary(*operator, Box::new(self.lower(operand)?))
            }
            ExpressionKind::Binary(operator, left, right) => {
                let (left, right) = (self.lower(left)?, self.lower(right)?);
                // `15 * 60` is a number, which the rules can judge.
                folded(*operator, &left, &right).unwrap_or_else(|| {
                    ValueKind::Binary(*operator, Box::new(left), Box::new(right))
                })
            }
            ExpressionKind::Conditional(branches) => {
                let [condition, then, otherwise] = branches.as_ref();
                ValueKind::Conditional(Box::new([
                    self.lower(condition)?,
                    self.lower(then)?,
                    self.lower(otherwise)?,
                ]))
            }
            ExpressionKind::Group(inner) => self.lower(inner)?.kind,
        };
        Ok(kind.at(origin))
    }

    fn lower_all(&mut self, expressions: &[Expression]) -> Lowered<Vec<Value>> {
        expressions.iter().map(|item| self.lower(item)).collect()
    }

    fn map(&mut self, entries: &[(Expression, Expression)]) -> Lowered<Object> {
        let mut object = Object::new();
        for (key, value) in entries {
            let name = match &key.kind {
                ExpressionKind::String(text) => text.clone(),
                ExpressionKind::Name(name) => name.to_string(),
                ExpressionKind::Number(number) => number.to_string(),
                _ => {
                    return Err(Error::new(
                        key.span,
                        "a map's key is a text",
                        "write `{ \"key\" = value }`",
                    ));
                }
            };
            let key_origin = self.origin(key.span);
            let value = self.lower(value)?;
            if object
                .set(EntryKey::new(name.clone(), key_origin), value)
                .is_some()
            {
                return Err(Error::new(
                    key.span,
                    format!("the key `{name}` is there twice"),
                    "remove one of the two",
                ));
            }
        }
        Ok(object)
    }

    fn constant(&mut self, tokens: proc_macro2::TokenStream) -> ValueKind {
        let index = u32::try_from(self.constants.len()).unwrap_or(u32::MAX);
        self.constants.push(tokens);
        ValueKind::Constant(index)
    }

    /// Text with `${…}` in it; `$${` is a literal `${`.
    fn template(&mut self, text: &str, span: Span) -> Lowered<Value> {
        if !text.contains("${") {
            return Ok(text.into());
        }
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(place) = rest.find("${") {
            if rest[..place].ends_with('$') {
                literal.push_str(&rest[..place - 1]);
                literal.push_str("${");
                rest = &rest[place + 2..];
                continue;
            }
            literal.push_str(&rest[..place]);
            let inner = &rest[place + 2..];
            let end = closing_brace(inner).ok_or_else(|| {
                Error::new(
                    span,
                    "`${` is not closed",
                    "close it with `}`, or write `$${` for the text `${`",
                )
            })?;
            parts.push(Part::Text(std::mem::take(&mut literal)));
            let expression = parse_interpolation(&inner[..end], span)?;
            parts.push(Part::Interpolation(self.lower(&expression)?));
            rest = &inner[end + 1..];
        }
        literal.push_str(rest);
        parts.push(Part::Text(literal));
        Ok(Value::template(parts))
    }

    fn lone_name(&mut self, name: &Ident) -> Lowered<ValueKind> {
        let text = name.to_string();
        if let Some(declaration) = self.scope.declarations.get(&text).copied() {
            if declaration.construct.name == "input" {
                // A mistake in its declaration is told there.
                return Ok(self.input(&declaration).map_or(unknown(), |target| {
                    let path = Vec::new();
                    ValueKind::Reference(Reference { target, path })
                }));
            }
            if let target @ Target::Variable(_) = declaration.target() {
                return Ok(ValueKind::Reference(Reference {
                    target,
                    path: Vec::new(),
                }));
            }
            return Err(Error::new(
                name.span(),
                format!(
                    "`{text}` is a whole {}, not a value",
                    declaration.construct.noun()
                ),
                format!("write one of its attributes, such as `{text}.arn` or `{text}.id`"),
            ));
        }
        if names::is_constant(&text) {
            return Ok(self.constant(name.to_token_stream()));
        }
        if text == "null" {
            return Ok(ValueKind::Null);
        }
        Err(self.unknown_name(name))
    }

    /// The mistake of naming what is not there.
    pub(crate) fn unknown_name(&self, name: &Ident) -> Error {
        let text = name.to_string();
        let near = nearest(&text, self.scope.declarations.keys().map(String::as_str));
        let help = match near.as_slice() {
            [] if text
                .chars()
                .all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '_') =>
            {
                format!("texts stand in quotes: `\"{text}\"`")
            }
            [] => "declare it as a struct in this module, with the attribute of a construct"
                .to_owned(),
            near => did_you_mean(near),
        };
        Error::new(name.span(), format!("the stack declares no `{text}`"), help)
    }
}

fn unknown() -> ValueKind {
    ValueKind::Raw {
        text: "null".to_owned(),
        template: false,
    }
}

/// The result of whole numbers, where it is one.
fn folded(operator: BinaryOperator, left: &Value, right: &Value) -> Option<ValueKind> {
    let integer = |value: &Value| match &value.kind {
        ValueKind::Number(number) => number.as_i64(),
        _ => None,
    };
    let (left, right) = (integer(left)?, integer(right)?);
    let result = match operator {
        BinaryOperator::Add => left.checked_add(right),
        BinaryOperator::Subtract => left.checked_sub(right),
        BinaryOperator::Multiply => left.checked_mul(right),
        BinaryOperator::Divide if right != 0 && left % right == 0 => left.checked_div(right),
        _ => None,
    };
    result.map(|number| ValueKind::Number(number.into()))
}

/// The place of the `}` that closes an interpolation.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (place, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted && depth == 0 => return Some(place),
            '}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interpolation_ends_at_its_own_brace() {
        assert_eq!(closing_brace("a.b}c"), Some(3));
        assert_eq!(closing_brace("f({a = \"}\"})}x"), Some(12));
        assert_eq!(closing_brace("a"), None);
    }
}
