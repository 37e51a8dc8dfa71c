//! Values as HCL expressions. Objects and long lists take a line an entry where the formatter of Terraform
//! leaves them as they are; inside operators everything stays on one line.

use crate::expression::{ConstantPosition, Writer, escape_template, write_expression};
use crate::json::canonical_number;
use crate::value::{Key, Object, Value, ValueKind};

/// A list that is longer goes over several lines.
const WIDTH: usize = 80;

pub(super) fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

/// A value that starts in a line at this depth.
pub(super) fn render(value: &Value, depth: usize) -> String {
    layout(value, depth, true)
}

/// Entries are sorted as in the JSON, where only those inside expressions keep their order.
fn layout(value: &Value, depth: usize, is_sorted: bool) -> String {
    match &value.kind {
        ValueKind::Object(object) if !object.is_empty() => object_text(object, depth, is_sorted),
        ValueKind::List(items) => list(items, depth, is_sorted),
        ValueKind::Call {
            function,
            arguments,
            spread,
        } => call(function, arguments, *spread, depth),
        ValueKind::Number(number) => canonical_number(number),
        ValueKind::Raw {
            text,
            template: true,
        } => quoted_source(text),
        _ => inline(value),
    }
}

fn object_text(object: &Object, depth: usize, is_sorted: bool) -> String {
    let mut entries = object.iter().collect::<Vec<_>>();
    if is_sorted {
        entries.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    }
    let entries = entries
        .into_iter()
        .map(|(name, value)| (key(name), layout(value, depth + 1, is_sorted)))
        .collect::<Vec<_>>();
    let mut text = "{\n".to_owned();
    assignments(&entries, depth + 1, &mut text);
    text.push_str(&indent(depth));
    text.push('}');
    text
}

fn list(items: &[Value], depth: usize, is_sorted: bool) -> String {
    let short = items
        .iter()
        .map(|item| layout(item, depth, is_sorted))
        .collect::<Vec<_>>();
    let is_short = short.iter().all(|item| !item.contains('\n'))
        && short.iter().map(|item| item.len() + 2).sum::<usize>() <= WIDTH;
    if is_short || items.is_empty() {
        return format!("[{}]", short.join(", "));
    }
    let mut text = "[\n".to_owned();
    for item in items {
        text.push_str(&indent(depth + 1));
        text.push_str(&layout(item, depth + 1, is_sorted));
        text.push_str(",\n");
    }
    text.push_str(&indent(depth));
    text.push(']');
    text
}

fn call(function: &str, arguments: &[Value], spread: bool, depth: usize) -> String {
    let dots = if spread { "..." } else { "" };
    let texts = arguments
        .iter()
        .map(|argument| layout(argument, depth, false))
        .collect::<Vec<_>>();
    let before_last = &texts[..texts.len().saturating_sub(1)];
    if before_last.iter().all(|text| !text.contains('\n')) {
        return format!("{function}({}{dots})", texts.join(", "));
    }
    let mut text = format!("{function}(\n");
    for (place, argument) in arguments.iter().enumerate() {
        text.push_str(&indent(depth + 1));
        text.push_str(&layout(argument, depth + 1, false));
        let is_last = place + 1 == arguments.len();
        text.push_str(if is_last { dots } else { "," });
        text.push('\n');
    }
    text.push_str(&indent(depth));
    text.push(')');
    text
}

/// Lines `name = value`, with the equals signs of neighbours below each other, as the formatter of Terraform
/// wants them.
pub(super) fn assignments(entries: &[(String, String)], depth: usize, text: &mut String) {
    // An entry of several lines has no neighbours.
    for group in entries.chunk_by(|(_, a), (_, b)| !a.contains('\n') && !b.contains('\n')) {
        let width = group
            .iter()
            .map(|(name, _)| name.chars().count())
            .max()
            .unwrap_or_default();
        for (name, value) in group {
            let space = " ".repeat(width - name.chars().count());
            text.push_str(&format!("{}{name}{space} = {value}\n", indent(depth)));
        }
    }
}

/// On one line.
pub(super) fn inline(value: &Value) -> String {
    let mut line = Inline(String::new());
    write_expression(value, &mut line);
    line.0
}

struct Inline(String);

impl Writer for Inline {
    fn text(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn constant(&mut self, constant: u32, position: ConstantPosition) {
        self.0.constant(constant, position);
    }

    fn inside_braces(&self) -> &'static str {
        " "
    }

    fn template_source(&self, text: &str) -> String {
        quoted_source(text)
    }
}

/// The key of an entry.
fn key(key: &Key) -> String {
    if key.template {
        return quoted_source(&key.name);
    }
    let mut characters = key.name.chars();
    let is_identifier = characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_');
    // Some words mean something else at the start of an object.
    let is_keyword = matches!(key.name.as_str(), "for" | "null" | "true" | "false");
    if is_identifier && !is_keyword {
        key.name.clone()
    } else {
        quoted(&key.name)
    }
}

/// Literal text between quotes.
pub(super) fn quoted(text: &str) -> String {
    quoted_source(&escape_template(text))
}

/// The source of a template between quotes: what is in `${…}` and `%{…}` stays as it is.
fn quoted_source(source: &str) -> String {
    let mut text = "\"".to_owned();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("$${") || rest.starts_with("%%{") {
            text.push_str(&rest[..3]);
            rest = &rest[3..];
        } else if rest.starts_with("${") || rest.starts_with("%{") {
            let length = sequence(rest);
            text.push_str(&rest[..length]);
            rest = &rest[length..];
        } else {
            escape(c, &mut text);
            rest = &rest[c.len_utf8()..];
        }
    }
    text.push('"');
    text
}

/// How long the sequence is that a text starts with, closing brace included.
fn sequence(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (place, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '{' if !is_quoted => depth += 1,
            '}' if !is_quoted => {
                depth -= 1;
                if depth == 0 {
                    return place + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

fn escape(c: char, text: &mut String) {
    match c {
        '"' => text.push_str("\\\""),
        '\\' => text.push_str("\\\\"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        c if c.is_control() => text.push_str(&format!("\\u{:04x}", u32::from(c))),
        c => text.push(c),
    }
}
