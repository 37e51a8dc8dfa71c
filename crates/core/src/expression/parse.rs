//! Text to expression: a lexer without tokens, and precedence climbing.

use std::fmt;

use super::template;
use crate::value::{
    BinaryOperator, For, Key, Number, Object, Reference, Step, Target, Value, ValueKind,
};

/// Deeper nesting than any person writes; it keeps hostile input off the stack.
const MAX_DEPTH: usize = 100;

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What was expected, or what is wrong.
    pub message: String,
    /// The byte at which it was noticed.
    pub position: usize,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.message, self.position)
    }
}

impl std::error::Error for ParseError {}

/// Parses an expression, the text between `${` and `}`.
///
/// # Errors
/// The first place at which the text is no expression.
pub fn parse(text: &str) -> Result<Value, ParseError> {
    let mut parser = Parser::new(text);
    let value = parser.expression()?;
    parser.skip_space();
    if parser.rest().is_empty() {
        Ok(value)
    } else {
        Err(parser.error("unexpected text after the expression"))
    }
}

pub(super) struct Parser<'t> {
    text: &'t str,
    position: usize,
    depth: usize,
    /// Names bound by enclosing `for` expressions.
    bound: Vec<String>,
}

type Parsed<T> = Result<T, ParseError>;

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            position: 0,
            depth: 0,
            bound: Vec::new(),
        }
    }

    pub(super) fn at(mut self, position: usize) -> Self {
        self.position = position;
        self
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    fn rest(&self) -> &'t str {
        &self.text[self.position..]
    }

    pub(super) fn error(&self, message: impl Into<String>) -> ParseError {
        ParseError {
            message: message.into(),
            position: self.position,
        }
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.position += rest.len() - rest.trim_start().len();
    }

    pub(super) fn take(&mut self, symbol: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(symbol);
        if found {
            self.position += symbol.len();
        }
        found
    }

    fn expect(&mut self, symbol: &str) -> Parsed<()> {
        if self.take(symbol) {
            Ok(())
        } else {
            Err(self.error(format!("expected `{symbol}`")))
        }
    }

    fn identifier(&mut self) -> Option<&'t str> {
        self.skip_space();
        let rest = self.rest();
        let first = rest.chars().next()?;
        if !(first.is_alphabetic() || first == '_') {
            return None;
        }
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
            .unwrap_or(rest.len());
        self.position += end;
        Some(&rest[..end])
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let before = self.position;
        if self.identifier() == Some(keyword) {
            return true;
        }
        self.position = before;
        false
    }

    pub(super) fn expression(&mut self) -> Parsed<Value> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error("the expression is nested too deeply"));
        }
        let condition = self.binary(1)?;
        let value = if self.take("?") {
            let then = self.expression()?;
            self.expect(":")?;
            let otherwise = self.expression()?;
            ValueKind::Conditional(Box::new([condition, then, otherwise])).into()
        } else {
            condition
        };
        self.depth -= 1;
        Ok(value)
    }

    fn binary(&mut self, minimum: u8) -> Parsed<Value> {
        let mut left = self.unary()?;
        while let Some(operator) = self.peek_operator(minimum) {
            self.position += operator.symbol().len();
            let right = self.binary(operator.precedence() + 1)?;
            left = ValueKind::Binary(operator, Box::new(left), Box::new(right)).into();
        }
        Ok(left)
    }

    fn peek_operator(&mut self, minimum: u8) -> Option<BinaryOperator> {
        self.skip_space();
        let rest = self.rest();
        // `=>` belongs to `for`, and `%{`… never starts an operator inside an expression.
        BinaryOperator::ALL
            .into_iter()
            .find(|operator| rest.starts_with(operator.symbol()))
            .filter(|operator| operator.precedence() >= minimum && !rest.starts_with("=>"))
    }

    fn unary(&mut self) -> Parsed<Value> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error("the expression is nested too deeply"));
        }
        self.skip_space();
        let sign = self
            .rest()
            .chars()
            .next()
            .filter(|c| matches!(c, '!' | '-'));
        let value = match sign {
            Some(sign) if !self.rest().starts_with("!=") => {
                self.position += 1;
                let operand = self.unary()?;
                match (sign, &operand.kind) {
                    ('-', ValueKind::Number(number)) => negate(number)
                        .map_or_else(
                            || ValueKind::Unary('-', Box::new(operand.clone())),
                            ValueKind::Number,
                        )
                        .into(),
                    _ => ValueKind::Unary(sign, Box::new(operand)).into(),
                }
            }
            _ => self.postfix()?,
        };
        self.depth -= 1;
        Ok(value)
    }

    pub(super) fn postfix(&mut self) -> Parsed<Value> {
        let (value, is_name) = self.primary()?;
        let mut steps = Vec::new();
        loop {
            let before = self.position;
            if self.take("[") {
                if self.take("*") {
                    steps.push(Step::Splat);
                } else {
                    steps.push(Step::Index(self.expression()?));
                }
                self.expect("]")?;
            } else if self.rest().starts_with("...") {
                break;
            } else if self.take(".") {
                if self.take("*") {
                    steps.push(Step::AttributeSplat);
                } else if let Some(number) = self.digits() {
                    steps.push(Step::Index(Value::from(number)));
                } else {
                    let name = self
                        .identifier()
                        .ok_or_else(|| self.error("expected an attribute name"))?;
                    steps.push(Step::Attribute(name.to_owned()));
                }
            } else {
                self.position = before;
                break;
            }
        }
        match value.kind {
            ValueKind::String(name) if is_name => Ok(self.reference(&name, steps)?.into()),
            _ if steps.is_empty() => Ok(value),
            _ => Ok(ValueKind::Access(Box::new(value), steps).into()),
        }
    }

    fn digits(&mut self) -> Option<u64> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let number = rest[..end].parse().ok()?;
        self.position += end;
        Some(number)
    }

    /// Tells the kinds of reference apart by their first names.
    fn reference(&self, first: &str, mut steps: Vec<Step>) -> Parsed<Reference> {
        const SCOPES: [&str; 6] = ["each", "count", "self", "path", "terraform", "provider"];
        if SCOPES.contains(&first) || self.bound.iter().any(|name| name == first) {
            return Ok(Reference {
                target: Target::Scoped(first.to_owned()),
                path: steps,
            });
        }
        let names = steps
            .iter()
            .map_while(|step| match step {
                Step::Attribute(name) => Some(name.clone()),
                _ => None,
            })
            .take(2)
            .collect::<Vec<_>>();
        let missing = |what: &str| self.error(format!("`{first}` has to be followed by {what}"));
        let (target, used) = match (first, names.as_slice()) {
            ("var", [name, ..]) => (Target::Variable(name.clone()), 1),
            ("local", [name, ..]) => (Target::Local(name.clone()), 1),
            ("module", [name, ..]) => (Target::Module(name.clone()), 1),
            ("data", [type_name, name]) => (Target::Data(type_name.clone(), name.clone()), 2),
            ("ephemeral", [type_name, name]) => {
                (Target::Ephemeral(type_name.clone(), name.clone()), 2)
            }
            ("var" | "local" | "module", _) => return Err(missing("`.` and a name")),
            ("data" | "ephemeral", _) => return Err(missing("a type and a name")),
            (type_name, [name, ..]) => (Target::Resource(type_name.to_owned(), name.clone()), 1),
            (name, []) => (Target::Scoped(name.to_owned()), 0),
        };
        steps.drain(..used);
        Ok(Reference {
            target,
            path: steps,
        })
    }

    /// A primary, and whether it is a bare name (which then is the head of a reference).
    fn primary(&mut self) -> Parsed<(Value, bool)> {
        self.skip_space();
        let Some(first) = self.rest().chars().next() else {
            return Err(self.error("expected an expression"));
        };
        let value = match first {
            '(' => {
                self.position += 1;
                let value = self.expression()?;
                self.expect(")")?;
                value
            }
            '[' => {
                self.position += 1;
                self.list()?
            }
            '{' => {
                self.position += 1;
                self.object()?
            }
            '"' => {
                let (value, position) = template::quoted(self.text, self.position)?;
                self.position = position;
                value
            }
            '0'..='9' => self.number()?,
            _ => return self.name(),
        };
        Ok((value, false))
    }

    fn number(&mut self) -> Parsed<Value> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let digits_from = |from: usize| {
            from + bytes[from..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count()
        };
        let mut end = digits_from(0);
        if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            end = digits_from(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            if bytes.get(end + 1 + sign).is_some_and(u8::is_ascii_digit) {
                end = digits_from(end + 1 + sign);
            }
        }
        let number = rest[..end]
            .parse::<Number>()
            .map_err(|_| self.error("a number that is out of range"))?;
        self.position += end;
        Ok(ValueKind::Number(number).into())
    }

    fn name(&mut self) -> Parsed<(Value, bool)> {
        let Some(name) = self.identifier() else {
            return Err(self.error("expected an expression"));
        };
        match name {
            "true" => return Ok((ValueKind::Bool(true).into(), false)),
            "false" => return Ok((ValueKind::Bool(false).into(), false)),
            "null" => return Ok((ValueKind::Null.into(), false)),
            _ => {}
        }
        let mut function = name.to_owned();
        while self.rest().starts_with("::") {
            self.position += 2;
            let part = self
                .identifier()
                .ok_or_else(|| self.error("expected a function name"))?;
            function = format!("{function}::{part}");
        }
        if self.take("(") {
            return Ok((self.call(function)?, false));
        }
        Ok((function.into(), true))
    }

    fn call(&mut self, function: String) -> Parsed<Value> {
        let mut arguments = Vec::new();
        let mut spread = false;
        while !self.take(")") {
            if spread {
                return Err(self.error("`...` has to follow the last argument"));
            }
            arguments.push(self.expression()?);
            spread = self.take("...");
            if !self.take(",") {
                self.expect(")")?;
                break;
            }
        }
        Ok(ValueKind::Call {
            function,
            arguments,
            spread,
        }
        .into())
    }

    fn list(&mut self) -> Parsed<Value> {
        if self.keyword("for") {
            let clause = self.for_clause(false)?;
            self.expect("]")?;
            return Ok(clause);
        }
        let mut items = Vec::new();
        while !self.take("]") {
            items.push(self.expression()?);
            if !self.take(",") {
                self.expect("]")?;
                break;
            }
        }
        Ok(items.into())
    }

    fn object(&mut self) -> Parsed<Value> {
        if self.keyword("for") {
            let clause = self.for_clause(true)?;
            self.expect("}")?;
            return Ok(clause);
        }
        let mut object = Object::new();
        while !self.take("}") {
            let key = self.object_key()?;
            if !self.take("=") {
                self.expect(":")?;
            }
            let value = self.expression()?;
            object.set(key, value);
            // A line break separates entries as well as a comma does.
            if !self.take(",") && !self.text[..self.position].ends_with('\n') {
                let line_break = self
                    .rest()
                    .trim_start_matches([' ', '\t', '\r'])
                    .starts_with('\n');
                if !line_break && !self.preceded_by_line_break() {
                    self.expect("}")?;
                    break;
                }
            }
        }
        Ok(object.into())
    }

    fn preceded_by_line_break(&self) -> bool {
        self.text[..self.position]
            .trim_end_matches([' ', '\t', '\r'])
            .ends_with('\n')
    }

    fn object_key(&mut self) -> Parsed<Key> {
        self.skip_space();
        if self.rest().starts_with('"') {
            let (value, position) = template::quoted(self.text, self.position)?;
            self.position = position;
            return Ok(template::key(value));
        }
        if self.take("(") {
            let value = self.expression()?;
            self.expect(")")?;
            return Ok(template::key(value));
        }
        if let Some(number) = self.digits() {
            return Ok(number.to_string().into());
        }
        self.identifier()
            .map(Key::from)
            .ok_or_else(|| self.error("expected a key"))
    }

    fn for_clause(&mut self, object: bool) -> Parsed<Value> {
        let wants_name = "expected a name after `for`";
        let first = self
            .identifier()
            .ok_or_else(|| self.error(wants_name))?
            .to_owned();
        let second = if self.take(",") {
            Some(
                self.identifier()
                    .ok_or_else(|| self.error(wants_name))?
                    .to_owned(),
            )
        } else {
            None
        };
        if !self.keyword("in") {
            return Err(self.error("expected `in`"));
        }
        let collection = self.expression()?;
        self.expect(":")?;
        let outer = self.bound.len();
        self.bound.push(first.clone());
        self.bound.extend(second.clone());
        let mut result_key = None;
        let mut result = self.expression()?;
        if object {
            self.expect("=>")?;
            result_key = Some(result);
            result = self.expression()?;
        }
        let grouped = object && self.take("...");
        let condition = if self.keyword("if") {
            Some(self.expression()?)
        } else {
            None
        };
        self.bound.truncate(outer);
        let (key, item) = match second {
            Some(item) => (Some(first), item),
            None => (None, first),
        };
        Ok(ValueKind::For(Box::new(For {
            key,
            item,
            collection,
            result_key,
            result,
            grouped,
            condition,
        }))
        .into())
    }
}

fn negate(number: &Number) -> Option<Number> {
    if let Some(integer) = number.as_i64() {
        return integer.checked_neg().map(Number::from);
    }
    Number::from_f64(-number.as_f64()?)
}
