//! Values against types.

use super::catalogue;
use crate::document::Origin;
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
        _ if fits(block, wanted, value) => {}
        _ => {
            findings
                .under(
                    &catalogue::WRONG_TYPE,
                    block,
                    origin,
                    format!(
                        "`{path}` of {} takes a {}, not {}",
                        block.describe(),
                        name(wanted),
                        found(value)
                    ),
                )
                .because("Terraform cannot convert one into the other")
                .help(example(wanted));
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

/// Whether Terraform could convert the value. What is not known yet fits.
fn fits(block: Resource<'_>, wanted: &Type, value: &Value) -> bool {
    if *wanted == Type::Any {
        return true;
    }
    match &value.kind {
        ValueKind::Bool(_) => matches!(wanted, Type::Bool | Type::String),
        ValueKind::Number(_) => matches!(wanted, Type::Number | Type::String),
        ValueKind::String(_) => match wanted {
            Type::String => true,
            Type::Number => value.as_f64().is_some(),
            Type::Bool => value.as_bool().is_some(),
            _ => false,
        },
        ValueKind::Template(_) => is_primitive(wanted),
        ValueKind::List(_) => matches!(wanted, Type::Tuple(_)),
        ValueKind::Object(_) => matches!(wanted, Type::Map(_) | Type::Object(_)),
        ValueKind::Address(_) => false,
        ValueKind::Call { function, .. } if function == "jsonencode" => *wanted == Type::String,
        ValueKind::Reference(_) => reference_fits(block, wanted, value),
        _ => true,
    }
}

fn is_primitive(type_: &Type) -> bool {
    matches!(type_, Type::Bool | Type::Number | Type::String)
}

/// A list where one value is wanted, and the other way round, is wrong whatever it holds.
fn reference_fits(block: Resource<'_>, wanted: &Type, value: &Value) -> bool {
    match super::references::type_of(block, value) {
        Some(Type::Any) | None => true,
        Some(found) => is_primitive(wanted) == is_primitive(&found),
    }
}

fn name(type_: &Type) -> String {
    match type_ {
        Type::Bool => "truth value".to_owned(),
        Type::Number => "number".to_owned(),
        Type::String => "string".to_owned(),
        other => other.to_string(),
    }
}

fn found(value: &Value) -> String {
    match &value.kind {
        ValueKind::Bool(flag) => format!("the truth value {flag}"),
        ValueKind::Number(number) => format!("the number {number}"),
        ValueKind::String(text) => format!("the string {text:?}"),
        ValueKind::List(_) => "a list".to_owned(),
        ValueKind::Object(_) => "a block or map".to_owned(),
        ValueKind::Template(_) => "text".to_owned(),
        ValueKind::Address(_) => "a bare name".to_owned(),
        ValueKind::Reference(reference) => format!("`{reference}`"),
        _ => "this".to_owned(),
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
