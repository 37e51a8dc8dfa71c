//! Expressions to values.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use webhook_infra_core::expression;
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::value::{BinaryOperator, For};
use webhook_infra_core::{
    Key as EntryKey, Object, Origin, Part, Reference, Target, Value, ValueKind,
};

use super::{Lowered, struct_name};
use crate::context::{Context, unknown};
use crate::errors::Error;
use crate::names;
use crate::syntax::{
    Clause, Expression, ExpressionKind, Piece, closing_brace, parse_interpolation,
};

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

    pub(crate) fn lower(&mut self, expression: &Expression) -> Lowered<Value> {
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
            ExpressionKind::Call(function, arguments) => self.call(function, arguments)?,
            ExpressionKind::Spread(_) => {
                return Err(Error::new(
                    expression.span,
                    "`...` expands the last argument of a function, and nothing else",
                    "write it last: `concat(others, values...)`",
                ));
            }
            ExpressionKind::For(clause) => self.clause(clause)?,
            ExpressionKind::Template(pieces) => self.pieces(pieces)?.kind,
            ExpressionKind::Source(text) => self.source(text, expression.span)?,
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

    fn call(&mut self, function: &str, arguments: &[Expression]) -> Lowered<ValueKind> {
        let mut lowered = Vec::new();
        let mut spread = false;
        for (place, argument) in arguments.iter().enumerate() {
            lowered.push(match &argument.kind {
                ExpressionKind::Spread(inner) if place + 1 == arguments.len() => {
                    spread = true;
                    self.lower(inner)?
                }
                _ => self.lower(argument)?,
            });
        }
        Ok(ValueKind::Call {
            function: function.to_owned(),
            arguments: lowered,
            spread,
        })
    }

    fn clause(&mut self, clause: &Clause) -> Lowered<ValueKind> {
        // `[for queue in [Orders, Invoices] : queue.arn]` goes through whole resources.
        let outer = std::mem::replace(&mut self.takes_whole, true);
        let collection = self.lower(&clause.collection);
        self.takes_whole = outer;
        let collection = collection?;
        let name = |name: &Ident| name.to_string().trim_start_matches("r#").to_owned();
        let key = clause.key.as_ref().map(name);
        let item = name(&clause.item);
        let outer = self.for_names.len();
        self.for_names.extend(key.clone());
        self.for_names.push(item.clone());
        let parts = self.clause_parts(clause);
        self.for_names.truncate(outer);
        let [result_key, result, condition] = parts?;
        let Some(result) = result else {
            return Ok(ValueKind::Null);
        };
        Ok(ValueKind::For(Box::new(For {
            key,
            item,
            collection,
            result_key,
            result,
            grouped: clause.is_grouped,
            condition,
        })))
    }

    /// What sees the names that a `for` binds.
    fn clause_parts(&mut self, clause: &Clause) -> Lowered<[Option<Value>; 3]> {
        let mut optional =
            |part: Option<&Expression>| part.map(|part| self.lower(part)).transpose();
        Ok([
            optional(clause.result_key.as_ref())?,
            optional(Some(&clause.result))?,
            optional(clause.condition.as_ref())?,
        ])
    }

    fn map(&mut self, entries: &[(Expression, Expression)]) -> Lowered<Object> {
        let mut object = Object::new();
        for (key, value) in entries {
            let entry = self.key(key)?;
            let value = self.lower(value)?;
            let name = entry.name.clone();
            if object.set(entry, value).is_some() {
                return Err(Error::new(
                    key.span,
                    format!("the key `{name}` is there twice"),
                    "remove one of the two",
                ));
            }
        }
        Ok(object)
    }

    /// The key of a map's entry: a name, a text, or an expression in parentheses.
    fn key(&mut self, key: &Expression) -> Lowered<EntryKey> {
        let origin = self.origin(key.span);
        let value = match &key.kind {
            ExpressionKind::Name(name) => return Ok(EntryKey::new(name.to_string(), origin)),
            ExpressionKind::Number(number) => {
                return Ok(EntryKey::new(number.to_string(), origin));
            }
            ExpressionKind::String(_) | ExpressionKind::Template(_) | ExpressionKind::Group(_) => {
                self.lower(key)?
            }
            _ => {
                return Err(Error::new(
                    key.span,
                    "a map's key is a text, or an expression in parentheses",
                    "write `{ \"key\" = value }` or `{ (each.key) = value }`",
                ));
            }
        };
        let mut is_open = false;
        value.walk(&mut |inner| is_open |= matches!(inner.kind, ValueKind::Constant(_)));
        if is_open {
            return Err(Error::new(
                key.span,
                "a Rust constant cannot be a map's key",
                "write the text itself",
            ));
        }
        let mut key = expression::key(value);
        key.origin = origin;
        Ok(key)
    }

    /// `format!`: texts and values in turn.
    fn pieces(&mut self, pieces: &[Piece]) -> Lowered<Value> {
        let parts = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Ok(Part::Text(text.clone())),
                Piece::Value(value) => self.lower(value).map(Part::Interpolation),
            })
            .collect::<Lowered<Vec<_>>>()?;
        Ok(Value::template(parts))
    }

    /// `expr!("…")`: a value where the text can be understood, else the text.
    fn source(&mut self, text: &str, span: Span) -> Lowered<ValueKind> {
        let value = match expression::parse(text) {
            Ok(value) => value,
            Err(_) if has_line_comment(text) => {
                return Err(Error::new(
                    span,
                    "a comment in `expr!` would hide what comes after it",
                    "write comments in Rust, beside the expression",
                ));
            }
            Err(error) => {
                if text.trim().is_empty() || !expression::is_balanced(text) {
                    return Err(Error::new(
                        span,
                        format!(
                            "`{text}` is no expression of Terraform's: {}",
                            error.message
                        ),
                        "brackets and quotes have to be closed",
                    ));
                }
                let text = text.to_owned();
                ValueKind::Raw {
                    text,
                    template: false,
                }
                .into()
            }
        };
        let mut mistake = None;
        value.each_reference(Origin::UNKNOWN, &mut |reference, _| {
            let (Target::Resource(first, _) | Target::Scoped(first)) = &reference.target else {
                return;
            };
            if let Some(declaration) = self.scope.declarations.get(first) {
                mistake.get_or_insert_with(|| {
                    Error::new(
                        span,
                        format!(
                            "`{first}` is a struct, of which Terraform's own text knows nothing"
                        ),
                        format!(
                            "write `{}` in it, or the expression without `expr!`",
                            declaration.target()
                        ),
                    )
                });
            }
        });
        mistake.map_or(Ok(value.kind), Err)
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
        let whole = |target| {
            Ok(ValueKind::Reference(Reference {
                target,
                path: Vec::new(),
            }))
        };
        if self.for_names.contains(&text) {
            return whole(Target::Scoped(text));
        }
        if self.bound.contains(&text) {
            return Err(Error::new(
                name.span(),
                format!("`{text}` is an element with its key, not a value"),
                format!("write `{text}.value` or `{text}.key`"),
            ));
        }
        if let Some(declaration) = self.scope.declarations.get(&text).copied() {
            if declaration.construct.name == "input" {
                // A mistake in its declaration is told there.
                return Ok(self.input(&declaration).map_or(unknown().kind, |target| {
                    let path = Vec::new();
                    ValueKind::Reference(Reference { target, path })
                }));
            }
            match declaration.target() {
                target @ (Target::Variable(_) | Target::Local(_) | Target::Module(_)) => {
                    return whole(target);
                }
                // `values(Queues)[*].arn` goes through all that `for_each` makes.
                target if declaration.is_repeated() || self.takes_whole => return whole(target),
                _ => {}
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
            [] if !self.bound.is_empty() => format!(
                "the element of this `dynamic` is `{0}.value`, with its key `{0}.key`",
                self.bound.last().map_or("", String::as_str)
            ),
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

/// Whether a line ends in a comment: a mark that stands outside of quotes.
fn has_line_comment(text: &str) -> bool {
    text.lines().any(|line| {
        let marks = line.match_indices('#').chain(line.match_indices("//"));
        marks
            .map(|(place, _)| &line[..place])
            .any(|before| before.replace("\\\"", "").matches('"').count() % 2 == 0)
    })
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
