//! Values against types.

use super::catalogue;
use super::infer::{self, Infer};
use crate::document::Origin;
use crate::expression;
use crate::graph::Resource;
use crate::rules::Findings;
use crate::schema::Type;
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Object, Value, ValueKind};

/// Checks a value, and the values in it, against the type of the argument at `path`.
pub(super) fn check(
    block: Resource<'_>,
    wanted: &Type,
    value: &Value,
    around: Origin,
    path: &str,
    findings: &mut Findings,
) {
    let origin = value.origin.or(around);
    match (wanted, &value.kind) {
        (Type::List(item) | Type::Set(item), ValueKind::List(values)) => {
            for value in values {
                check(block, item, value, origin, path, findings);
            }
        }
        (Type::Map(item), ValueKind::Object(entries)) => {
            for (key, value) in entries.iter() {
                let origin = key.origin.or(origin);
                check(
                    block,
                    item,
                    value,
                    origin,
                    &format!("{path}.{}", key.name),
                    findings,
                );
            }
        }
        (Type::Object(_), ValueKind::Object(entries)) => {
            object(block, wanted, entries, origin, path, findings);
        }
        _ => {
            let first = path.split('.').next().unwrap_or(path);
            let (fits, type_) = judge(block, wanted, value, &[first]);
            if fits {
                return;
            }
            findings
                .under(
                    &catalogue::WRONG_TYPE,
                    block,
                    origin,
                    format!(
                        "`{path}` of {} takes a {}, not {}",
                        block.describe(),
                        name(wanted),
                        found(value, &type_)
                    ),
                )
                .because("Terraform cannot convert one into the other")
                .help(advice(wanted, value, &type_));
        }
    }
}

fn object(
    block: Resource<'_>,
    wanted: &Type,
    entries: &Object,
    origin: Origin,
    path: &str,
    findings: &mut Findings,
) {
    let Type::Object(attributes) = wanted else {
        return;
    };
    for (key, value) in entries.iter() {
        let origin = key.origin.or(value.origin).or(origin);
        if let Some(attribute) = attributes
            .iter()
            .find(|attribute| attribute.name == key.name)
        {
            let path = format!("{path}.{}", key.name);
            check(block, &attribute.type_, value, origin, &path, findings);
        } else {
            let near = nearest(
                &key.name,
                attributes.iter().map(|attribute| attribute.name.as_str()),
            );
            findings
                .under(
                    &catalogue::UNKNOWN_ARGUMENT,
                    block,
                    origin,
                    format!(
                        "`{path}` of {} has no argument `{}`",
                        block.describe(),
                        key.name
                    ),
                )
                .because("Terraform refuses arguments that the schema does not have")
                .help(did_you_mean(&near));
        }
    }
}

/// Whether Terraform could convert the value, and what it is where that can be known.
fn judge(block: Resource<'_>, wanted: &Type, value: &Value, way: &[&str]) -> (bool, Type) {
    if *wanted == Type::Any {
        return (true, Type::Any);
    }
    let found = match &value.kind {
        ValueKind::Address(_) => return (false, Type::String),
        ValueKind::Bool(_) => Type::Bool,
        ValueKind::Number(_) => Type::Number,
        ValueKind::String(_) => Type::String,
        _ => Infer::silent(block, way).type_of(value, Origin::UNKNOWN),
    };
    (infer::fits(value, &found, wanted), found)
}

fn name(type_: &Type) -> String {
    match type_ {
        Type::Bool => "truth value".to_owned(),
        Type::Number => "number".to_owned(),
        Type::String => "string".to_owned(),
        other => other.to_string(),
    }
}

fn found(value: &Value, type_: &Type) -> String {
    match &value.kind {
        ValueKind::Bool(flag) => format!("the truth value {flag}"),
        ValueKind::Number(number) => format!("the number {number}"),
        ValueKind::String(text) => format!("the string {text:?}"),
        ValueKind::List(_) => "a list".to_owned(),
        ValueKind::Object(_) => "a block or map".to_owned(),
        ValueKind::Template(_) => "text".to_owned(),
        ValueKind::Address(_) => "a bare name".to_owned(),
        ValueKind::Reference(reference) => {
            format!("`{reference}`, which is {}", infer::in_words(type_))
        }
        _ => format!(
            "`{}`, which is {}",
            expression::render(value),
            infer::in_words(type_)
        ),
    }
}

/// What to write instead of an expression, whose author meant something by it, or of a literal.
fn advice(wanted: &Type, value: &Value, found: &Type) -> String {
    let is_expression = !matches!(
        value.kind,
        ValueKind::List(_) | ValueKind::Object(_) | ValueKind::Address(_)
    );
    let shown = || expression::render(value);
    match (wanted, found) {
        (Type::String | Type::Number | Type::Bool, Type::List(_) | Type::Tuple(_))
            if is_expression =>
        {
            format!("write one element of it: `{}[0]`", shown())
        }
        (Type::String | Type::Number | Type::Bool, Type::Set(_)) => {
            format!("write `one({})` for the only element", shown())
        }
        (Type::List(_) | Type::Set(_), found) if infer::is_primitive(found) && is_expression => {
            format!("write a list: `[{}]`", shown())
        }
        (Type::List(_) | Type::Set(_), Type::Map(_) | Type::Object(_)) if is_expression => {
            format!("write `values({0})` or `keys({0})`", shown())
        }
        _ => example(wanted),
    }
}

fn example(type_: &Type) -> String {
    match type_ {
        Type::Bool => "write `true` or `false`".to_owned(),
        Type::Number => "write a number without quotes".to_owned(),
        Type::String => "write text in quotes, or a reference".to_owned(),
        Type::List(_) | Type::Set(_) | Type::Tuple(_) => "write a list: `[a, b]`".to_owned(),
        Type::Map(_) | Type::Object(_) => "write a map: `{ \"key\" = value }`".to_owned(),
        Type::Any => String::new(),
    }
}
