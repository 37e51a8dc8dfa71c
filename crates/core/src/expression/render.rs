//! Expression to text, in one canonical spelling.

use crate::value::{BinaryOperator, For, Key, Part, Step, Target, Value, ValueKind};

/// Where a Rust constant stands in the output, which decides how its text is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConstantPosition {
    /// As a JSON value of its own, whose text Terraform reads as a template.
    Json,
    /// As a JSON value of its own, whose text Terraform reads as it stands.
    Literal,
    /// Inside an expression, which itself is inside a JSON string.
    Expression,
}

/// What text is written to. Constants are announced, since only the compiler knows their values.
pub(crate) trait Writer {
    fn text(&mut self, text: &str);
    fn constant(&mut self, constant: u32, position: ConstantPosition);

    /// What stands between the braces of an object and its entries.
    fn inside_braces(&self) -> &'static str {
        ""
    }

    /// Template source that is passed on as it is, between quotes.
    fn template_source(&self, text: &str) -> String {
        quote(text)
    }
}

impl Writer for String {
    fn text(&mut self, text: &str) {
        self.push_str(text);
    }

    fn constant(&mut self, constant: u32, _: ConstantPosition) {
        // Only messages render a value that still has constants in it.
        self.push_str(&format!("<constant {constant}>"));
    }
}

/// The value as an expression, without `${` and `}`.
pub fn render(value: &Value) -> String {
    let mut text = String::new();
    write_expression(value, &mut text);
    text
}

/// The parts as template source, the content of a JSON string.
pub fn render_template(parts: &[Part]) -> String {
    let mut text = String::new();
    write_template(parts, &mut text);
    text
}

/// Literal text as template source: `${` and `%{` are doubled.
pub fn escape_template(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

pub(crate) fn write_template(parts: &[Part], out: &mut dyn Writer) {
    write_parts(parts, out, &|text| text);
}

/// Writes the parts, each text escaped as template source and then once more by `escape`.
fn write_parts(parts: &[Part], out: &mut dyn Writer, escape: &dyn Fn(String) -> String) {
    for (place, part) in parts.iter().enumerate() {
        match part {
            Part::Text(text) => {
                // `$` right before `${` would make it a literal `${`.
                let is_joined = matches!(parts.get(place + 1), Some(Part::Interpolation(_)));
                let plain = if is_joined {
                    text.trim_end_matches('$')
                } else {
                    text
                };
                out.text(&escape(escape_template(plain)));
                if plain.len() < text.len() {
                    out.text("${");
                    out.text(&quote(&text[plain.len()..]));
                    out.text("}");
                }
            }
            Part::Interpolation(value) => {
                out.text("${");
                write_expression(value, out);
                out.text("}");
            }
        }
    }
}

pub(crate) fn write_expression(value: &Value, out: &mut dyn Writer) {
    write_kind(value, 0, out);
}

/// `binding` is how tightly the surroundings bind: what binds less is put in parentheses.
fn write_kind(value: &Value, binding: u8, out: &mut dyn Writer) {
    match &value.kind {
        ValueKind::Null => out.text("null"),
        ValueKind::Bool(flag) => out.text(if *flag { "true" } else { "false" }),
        ValueKind::Number(number) => out.text(&number.to_string()),
        ValueKind::String(text) => out.text(&quote(&escape_template(text))),
        ValueKind::Template(parts) => {
            out.text("\"");
            write_parts(parts, out, &|text| escape_quoted(&text));
            out.text("\"");
        }
        ValueKind::List(items) => {
            out.text("[");
            write_list(items, out);
            out.text("]");
        }
        ValueKind::Object(object) => {
            out.text("{");
            let space = if object.is_empty() {
                ""
            } else {
                out.inside_braces()
            };
            out.text(space);
            for (place, (key, value)) in object.iter().enumerate() {
                if place > 0 {
                    out.text(", ");
                }
                write_key(key, out);
                out.text(" = ");
                write_kind(value, 0, out);
            }
            out.text(space);
            out.text("}");
        }
        ValueKind::Reference(reference) => {
            match reference.target {
                Target::Open(constant) => out.constant(constant, ConstantPosition::Expression),
                ref target => out.text(&target.to_string()),
            }
            write_steps(&reference.path, out);
        }
        ValueKind::Address(address) => out.text(address.as_str()),
        ValueKind::Call {
            function,
            arguments,
            spread,
        } => {
            out.text(function);
            out.text("(");
            write_list(arguments, out);
            out.text(if *spread { "...)" } else { ")" });
        }
        ValueKind::Unary(operator, operand) => {
            parenthesised(binding > 7, out, |out| {
                out.text(&operator.to_string());
                write_kind(operand, 7, out);
            });
        }
        ValueKind::Binary(operator, left, right) => {
            parenthesised(binding > operator.precedence(), out, |out| {
                write_binary(*operator, left, right, out);
            });
        }
        ValueKind::Conditional(branches) => {
            let [condition, then, otherwise] = branches.as_ref();
            parenthesised(binding > 0, out, |out| {
                write_kind(condition, 1, out);
                out.text(" ? ");
                write_kind(then, 0, out);
                out.text(" : ");
                write_kind(otherwise, 0, out);
            });
        }
        ValueKind::Access(value, steps) => {
            write_kind(value, 8, out);
            write_steps(steps, out);
        }
        ValueKind::For(clause) => write_for(clause, out),
        ValueKind::Raw {
            text,
            template: false,
        } => parenthesised(binding > 0, out, |out| out.text(text)),
        ValueKind::Raw {
            text,
            template: true,
        } => {
            let source = out.template_source(text);
            out.text(&source);
        }
        ValueKind::Constant(constant) => out.constant(*constant, ConstantPosition::Expression),
    }
}

fn write_binary(operator: BinaryOperator, left: &Value, right: &Value, out: &mut dyn Writer) {
    write_kind(left, operator.precedence(), out);
    out.text(" ");
    out.text(operator.symbol());
    out.text(" ");
    write_kind(right, operator.precedence() + 1, out);
}

fn parenthesised(needed: bool, out: &mut dyn Writer, write: impl FnOnce(&mut dyn Writer)) {
    if needed {
        out.text("(");
    }
    write(out);
    if needed {
        out.text(")");
    }
}

fn write_list(items: &[Value], out: &mut dyn Writer) {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.text(", ");
        }
        write_kind(item, 0, out);
    }
}

fn write_steps(steps: &[Step], out: &mut dyn Writer) {
    for step in steps {
        match step {
            Step::Attribute(name) => {
                out.text(".");
                out.text(name);
            }
            Step::Index(key) => {
                out.text("[");
                write_kind(key, 0, out);
                out.text("]");
            }
            Step::Splat => out.text("[*]"),
            Step::AttributeSplat => out.text(".*"),
        }
    }
}

fn write_for(clause: &For, out: &mut dyn Writer) {
    let (open, close) = match clause.result_key {
        Some(_) => ("{", "}"),
        None => ("[", "]"),
    };
    let space = match clause.result_key {
        Some(_) => out.inside_braces(),
        None => "",
    };
    out.text(open);
    out.text(space);
    out.text("for ");
    if let Some(key) = &clause.key {
        out.text(key);
        out.text(", ");
    }
    out.text(&clause.item);
    out.text(" in ");
    write_kind(&clause.collection, 0, out);
    out.text(" : ");
    if let Some(key) = &clause.result_key {
        write_kind(key, 0, out);
        out.text(" => ");
    }
    write_kind(&clause.result, 0, out);
    if clause.grouped {
        out.text("...");
    }
    if let Some(condition) = &clause.condition {
        out.text(" if ");
        write_kind(condition, 0, out);
    }
    out.text(space);
    out.text(close);
}

fn write_key(key: &Key, out: &mut dyn Writer) {
    if key.template {
        return match super::parse_template(&key.name) {
            whole if !matches!(whole.kind, ValueKind::Template(_)) => {
                out.text("(");
                write_kind(&whole, 0, out);
                out.text(")");
            }
            template => write_kind(&template, 0, out),
        };
    }
    let mut characters = key.name.chars();
    let is_identifier = characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_');
    // `for` would start a for expression.
    if is_identifier && key.name != "for" {
        out.text(&key.name);
    } else {
        out.text(&quote(&escape_template(&key.name)));
    }
}

fn quote(text: &str) -> String {
    format!("\"{}\"", escape_quoted(text))
}

/// Escapes what a quoted template may not hold; text inside `${…}` of raw source is left alone by its
/// caller, which renders those parts on its own.
fn escape_quoted(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            c if c.is_control() => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}
