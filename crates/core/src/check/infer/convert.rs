//! What Terraform converts into what (Terraform, "Types and Values": type conversion).

use crate::schema::Type;
use crate::value::{Value, ValueKind};

/// Whether the value, whose type is `found`, may stand where `wanted` is. What is not known fits.
pub(crate) fn fits(value: &Value, found: &Type, wanted: &Type) -> bool {
    if *wanted == Type::Any {
        return true;
    }
    match (&value.kind, found, wanted) {
        (ValueKind::Null, ..) => true,
        (ValueKind::String(_), _, Type::Number) => value.as_f64().is_some(),
        (ValueKind::String(_), _, Type::Bool) => value.as_bool().is_some(),
        (ValueKind::List(items), Type::Tuple(types), Type::List(element) | Type::Set(element)) => {
            items.len() == types.len()
                && items
                    .iter()
                    .zip(types)
                    .all(|(item, found)| fits(item, found, element))
        }
        (ValueKind::Object(object), Type::Object(attributes), Type::Map(element)) => {
            object.iter().all(|(key, value)| {
                attributes
                    .iter()
                    .find(|attribute| attribute.name == key.name)
                    .is_none_or(|attribute| fits(value, &attribute.type_, element))
            })
        }
        _ => converts(found, wanted),
    }
}

/// Whether some value of the one type can become one of the other.
pub(crate) fn converts(found: &Type, wanted: &Type) -> bool {
    match (found, wanted) {
        (Type::Any, _) | (_, Type::Any) => true,
        (Type::Bool, Type::Number) | (Type::Number, Type::Bool) => false,
        _ if is_primitive(found) && is_primitive(wanted) => true,
        (Type::List(found) | Type::Set(found), Type::List(wanted) | Type::Set(wanted))
        | (Type::Map(found), Type::Map(wanted)) => converts(found, wanted),
        (Type::Tuple(types), Type::List(wanted) | Type::Set(wanted)) => {
            types.iter().all(|found| converts(found, wanted))
        }
        (Type::List(found) | Type::Set(found), Type::Tuple(types)) => {
            types.iter().all(|wanted| converts(found, wanted))
        }
        (Type::Tuple(found), Type::Tuple(wanted)) => {
            found.len() == wanted.len()
                && found
                    .iter()
                    .zip(wanted)
                    .all(|(found, wanted)| converts(found, wanted))
        }
        (Type::Object(attributes), Type::Map(wanted)) => attributes
            .iter()
            .all(|attribute| converts(&attribute.type_, wanted)),
        (Type::Map(found), Type::Object(attributes)) => attributes
            .iter()
            .all(|attribute| converts(found, &attribute.type_)),
        // A schema does not always say which attributes may be left out.
        (Type::Object(found), Type::Object(wanted)) => wanted.iter().all(|wanted| {
            found
                .iter()
                .find(|found| found.name == wanted.name)
                .is_none_or(|found| converts(&found.type_, &wanted.type_))
        }),
        _ => false,
    }
}

pub(crate) fn is_primitive(type_: &Type) -> bool {
    matches!(type_, Type::Bool | Type::Number | Type::String)
}

fn is_sequence(type_: &Type) -> bool {
    matches!(type_, Type::List(_) | Type::Set(_) | Type::Tuple(_))
}

/// The type of a condition with results of these types; `None` when Terraform finds none.
pub(crate) fn unified(one: &Type, other: &Type) -> Option<Type> {
    if one == other {
        return Some(one.clone());
    }
    match (one, other) {
        (Type::Any, _) | (_, Type::Any) => Some(Type::Any),
        (Type::Bool, Type::Number) | (Type::Number, Type::Bool) => None,
        _ if is_primitive(one) && is_primitive(other) => Some(Type::String),
        _ if is_primitive(one) || is_primitive(other) => None,
        _ if is_sequence(one) != is_sequence(other) => None,
        _ => Some(Type::Any),
    }
}

/// A type in words, with its article: "a list", "a truth value".
pub(crate) fn in_words(type_: &Type) -> String {
    match type_ {
        Type::Any => "something".to_owned(),
        Type::Bool => "a truth value".to_owned(),
        Type::Number => "a number".to_owned(),
        Type::String => "a string".to_owned(),
        Type::List(element) if **element != Type::Any => format!("a {type_}"),
        Type::List(_) | Type::Tuple(_) => "a list".to_owned(),
        Type::Set(element) if **element != Type::Any => format!("a {type_}"),
        Type::Set(_) => "a set".to_owned(),
        Type::Map(element) if **element != Type::Any => format!("a {type_}"),
        Type::Map(_) | Type::Object(_) => "a map".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_(text: &str) -> Type {
        Type::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn conversions_are_those_of_terraform() {
        for (found, wanted, expected) in [
            ("number", "string", true),
            ("string", "number", true),
            ("bool", "number", false),
            ("number", "bool", false),
            ("set(string)", "list(string)", true),
            ("list(bool)", "list(number)", false),
            ("tuple([string, number])", "set(string)", true),
            ("tuple([map(string)])", "list(string)", false),
            ("object({a = string})", "map(string)", true),
            (
                "object({a = string})",
                "object({a = string, b = string})",
                true,
            ),
            (
                "object({a = string})",
                "object({a = string, b = optional(string)})",
                true,
            ),
            ("object({a = list(string)})", "object({a = string})", false),
            ("map(string)", "list(string)", false),
            ("list(string)", "string", false),
            ("any", "list(string)", true),
            ("list(any)", "list(string)", true),
        ] {
            assert_eq!(
                converts(&type_(found), &type_(wanted)),
                expected,
                "{found} → {wanted}"
            );
        }
    }

    #[test]
    fn a_condition_has_one_type() {
        assert_eq!(unified(&Type::Number, &Type::String), Some(Type::String));
        assert_eq!(unified(&Type::Number, &Type::Bool), None);
        assert_eq!(unified(&type_("list(string)"), &Type::String), None);
        assert_eq!(unified(&type_("list(string)"), &type_("map(string)")), None);
        assert_eq!(
            unified(&type_("list(string)"), &type_("set(string)")),
            Some(Type::Any)
        );
    }
}
