//! Templates: text with `${…}` in it, bare (a JSON string) or between quotes (inside an expression).

use super::parse::{ParseError, Parser};
use crate::document::Origin;
use crate::value::{Key, Part, Value, ValueKind};

/// Parses template source, the content of a string in Terraform JSON.
///
/// Text that Terraform would read in a way this crate has no form for (directives such as `%{ if … }`,
/// `~` strip markers, or a syntax error) comes back as [`ValueKind::Raw`], so that nothing is lost.
pub fn parse_template(text: &str) -> Value {
    if !text.contains("${") && !text.contains("%{") {
        return text.into();
    }
    match parts(text, 0, None) {
        Ok((parts, _)) => Value::template(parts),
        Err(_) => ValueKind::Raw {
            text: text.to_owned(),
            template: true,
        }
        .into(),
    }
}

/// Parses a quoted template that starts at `start`; gives the value and the position after the quote.
pub(super) fn quoted(text: &str, start: usize) -> Result<(Value, usize), ParseError> {
    let (parts, end) = parts(text, start + 1, Some('"'))?;
    Ok((Value::template(parts), end))
}

/// A value as the key of an entry: template source, unless it is a text.
pub fn key(value: Value) -> Key {
    let source = match value.kind {
        ValueKind::String(name) => return name.into(),
        ValueKind::Template(parts) => super::render_template(&parts),
        _ => format!("${{{}}}", super::render(&value)),
    };
    Key {
        name: source,
        template: true,
        origin: Origin::UNKNOWN,
    }
}

fn parts(text: &str, start: usize, quote: Option<char>) -> Result<(Vec<Part>, usize), ParseError> {
    let error = |position: usize, message: &str| ParseError {
        message: message.to_owned(),
        position,
    };
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut position = start;
    loop {
        let rest = &text[position..];
        let Some(c) = rest.chars().next() else {
            if quote.is_some() {
                return Err(error(position, "a quote is not closed"));
            }
            break;
        };
        if Some(c) == quote {
            position += 1;
            break;
        } else if rest.starts_with("$${") || rest.starts_with("%%{") {
            literal.push_str(&rest[1..3]);
            position += 3;
        } else if rest.starts_with("${") {
            if rest.starts_with("${~") {
                return Err(error(position, "strip markers are passed on as they are"));
            }
            if !literal.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut literal)));
            }
            let mut parser = Parser::new(text).at(position + 2);
            let value = parser.expression()?;
            if !parser.take("}") {
                return Err(parser.error("expected `}`"));
            }
            position = parser.position();
            parts.push(Part::Interpolation(value));
        } else if rest.starts_with("%{") {
            return Err(error(position, "directives are passed on as they are"));
        } else if c == '\\' && quote.is_some() {
            let (c, length) =
                escape(rest).ok_or_else(|| error(position, "an unknown escape sequence"))?;
            literal.push(c);
            position += length;
        } else {
            literal.push(c);
            position += c.len_utf8();
        }
    }
    if !literal.is_empty() {
        parts.push(Part::Text(literal));
    }
    Ok((parts, position))
}

/// The character that an escape sequence stands for, and the sequence's length.
fn escape(text: &str) -> Option<(char, usize)> {
    let c = text.chars().nth(1)?;
    let digits = match c {
        'n' => return Some(('\n', 2)),
        'r' => return Some(('\r', 2)),
        't' => return Some(('\t', 2)),
        '"' | '\\' => return Some((c, 2)),
        'u' => 4,
        'U' => 8,
        _ => return None,
    };
    let code = u32::from_str_radix(text.get(2..2 + digits)?, 16).ok()?;
    Some((char::from_u32(code)?, 2 + digits))
}
