//! Terraform's type expressions, as they stand in the `type` of a variable: `list(object({ name = string }))`.
//!
//! Source: Terraform, "Type Constraints".

use crate::document::Origin;
use crate::expression;
use crate::schema::{ObjectAttribute, Type};
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Object, Target, Value, ValueKind};

/// Why an expression is no type, and at which token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoType {
    /// The token to change.
    pub origin: Origin,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// The types that take nothing.
const PLAIN: [&str; 4] = ["string", "number", "bool", "any"];

/// The types that take others, each with an example.
const COMPOUND: [(&str, &str); 5] = [
    ("list", "list(string)"),
    ("set", "set(string)"),
    ("map", "map(string)"),
    (
        "object",
        "object({ name = string, size = optional(number, 1) })",
    ),
    ("tuple", "tuple([string, number])"),
];

/// The type that a text says.
///
/// # Errors
/// When it says none.
pub fn parse(text: &str) -> Result<Type, NoType> {
    match expression::parse(text) {
        Ok(value) => read(&value),
        Err(_) => Err(no_type(
            Origin::UNKNOWN,
            format!("`{text}` is no type of Terraform's"),
            "write `string`, `number`, `bool`, `list(string)`, `map(string)` or `object({ name = string })`",
        )),
    }
}

/// The type that an expression says.
///
/// # Errors
/// When it says none.
pub fn read(value: &Value) -> Result<Type, NoType> {
    match &value.kind {
        ValueKind::Reference(reference) if reference.path.is_empty() => match &reference.target {
            Target::Scoped(name) => plain(name, value.origin),
            _ => Err(unknown(value)),
        },
        ValueKind::Call {
            function,
            arguments,
            ..
        } => compound(function, arguments, value.origin),
        _ => Err(unknown(value)),
    }
}

fn plain(name: &str, origin: Origin) -> Result<Type, NoType> {
    Ok(match name {
        "string" => Type::String,
        "number" => Type::Number,
        "bool" => Type::Bool,
        "any" => Type::Any,
        _ => {
            if let Some((_, example)) = COMPOUND.iter().find(|(known, _)| *known == name) {
                return Err(no_type(
                    origin,
                    format!("`{name}` does not say of what"),
                    format!("write `{example}`"),
                ));
            }
            let names = PLAIN
                .into_iter()
                .chain(COMPOUND.iter().map(|(name, _)| *name));
            let help = match (name, nearest(name, names).as_slice()) {
                ("String" | "str" | "text", _) => "did you mean `string`?".to_owned(),
                ("boolean", _) => "did you mean `bool`?".to_owned(),
                ("int" | "integer" | "float" | "u32" | "i64" | "f64", _) => {
                    "did you mean `number`?".to_owned()
                }
                (_, []) => {
                    "the types are `string`, `number`, `bool`, `any`, `list(…)`, `set(…)`, `map(…)`, `object({…})` and `tuple([…])`"
                        .to_owned()
                }
                (_, near) => did_you_mean(near),
            };
            return Err(no_type(
                origin,
                format!("Terraform has no type `{name}`"),
                help,
            ));
        }
    })
}

fn compound(name: &str, arguments: &[Value], origin: Origin) -> Result<Type, NoType> {
    let example = COMPOUND
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, example)| *example);
    match (name, arguments) {
        ("list", [item]) => Ok(Type::List(Box::new(read(item)?))),
        ("set", [item]) => Ok(Type::Set(Box::new(read(item)?))),
        ("map", [item]) => Ok(Type::Map(Box::new(read(item)?))),
        (
            "object",
            [
                Value {
                    kind: ValueKind::Object(attributes),
                    ..
                },
            ],
        ) => object(attributes),
        (
            "tuple",
            [
                Value {
                    kind: ValueKind::List(items),
                    ..
                },
            ],
        ) => Ok(Type::Tuple(
            items.iter().map(read).collect::<Result<_, _>>()?,
        )),
        ("optional", _) => Err(no_type(
            origin,
            "only an attribute of an object can be `optional(…)`",
            "for the whole value give a `default`",
        )),
        _ => match example {
            Some(example) => Err(no_type(
                origin,
                format!("`{name}(…)` is not written like this"),
                format!("write `{example}`"),
            )),
            None => plain(name, origin),
        },
    }
}

fn object(attributes: &Object) -> Result<Type, NoType> {
    let mut attributes_read = Vec::new();
    for (key, value) in attributes.iter() {
        let (type_, optional) = match &value.kind {
            ValueKind::Call {
                function,
                arguments,
                ..
            } if function == "optional" => match arguments.as_slice() {
                [type_] => (read(type_)?, true),
                [type_, default] => {
                    let type_ = read(type_)?;
                    if !default.is_literal() {
                        return Err(no_type(
                            default.origin,
                            format!("the default of `{}` is no literal", key.name),
                            "write a plain value: `optional(number, 1)`",
                        ));
                    }
                    if let Some(misfit) = misfit(&type_, default, &key.name) {
                        return Err(misfit);
                    }
                    (type_, true)
                }
                _ => {
                    return Err(no_type(
                        value.origin,
                        "`optional(…)` takes a type, and a default at most",
                        "write `optional(number)` or `optional(number, 1)`",
                    ));
                }
            },
            _ => (read(value)?, false),
        };
        attributes_read.push(ObjectAttribute {
            name: key.name.clone(),
            type_,
            optional,
        });
    }
    attributes_read.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Type::Object(attributes_read))
}

/// Where and why a value cannot be converted to a type; `path` is how the value is called. What is not
/// known yet fits.
pub fn misfit(type_: &Type, value: &Value, path: &str) -> Option<NoType> {
    let wrong = |wanted: &str| {
        Some(no_type(
            value.origin,
            format!(
                "`{path}` is of type `{type_}`, and this is {}",
                describe(value)
            ),
            format!("write {wanted}"),
        ))
    };
    match (type_, &value.kind) {
        (Type::String, ValueKind::List(_) | ValueKind::Object(_)) => wrong("a text in quotes"),
        (Type::Number, ValueKind::String(text)) if text.parse::<f64>().is_err() => {
            wrong("a number")
        }
        (Type::Number, ValueKind::Bool(_) | ValueKind::List(_) | ValueKind::Object(_)) => {
            wrong("a number")
        }
        (Type::Bool, ValueKind::String(text)) if text != "true" && text != "false" => {
            wrong("`true` or `false`")
        }
        (Type::Bool, ValueKind::Number(_) | ValueKind::List(_) | ValueKind::Object(_)) => {
            wrong("`true` or `false`")
        }
        (Type::List(item) | Type::Set(item), ValueKind::List(values)) => values
            .iter()
            .enumerate()
            .find_map(|(place, value)| misfit(item, value, &format!("{path}[{place}]"))),
        (Type::Tuple(items), ValueKind::List(values)) => {
            if items.len() != values.len() {
                return wrong(&format!("a list of {}", items.len()));
            }
            items
                .iter()
                .zip(values)
                .enumerate()
                .find_map(|(place, (item, value))| misfit(item, value, &format!("{path}[{place}]")))
        }
        (
            Type::List(_) | Type::Set(_) | Type::Tuple(_),
            ValueKind::Bool(_) | ValueKind::Number(_) | ValueKind::String(_) | ValueKind::Object(_),
        ) => wrong("a list: `[…]`"),
        (Type::Map(item), ValueKind::Object(entries)) => entries
            .iter()
            .find_map(|(key, value)| misfit(item, value, &format!("{path}.{}", key.name))),
        (Type::Object(attributes), ValueKind::Object(entries)) => {
            for attribute in attributes {
                match entries.get(&attribute.name) {
                    Some(value) => {
                        let path = format!("{path}.{}", attribute.name);
                        if let Some(misfit) = misfit(&attribute.type_, value, &path) {
                            return Some(misfit);
                        }
                    }
                    None if attribute.optional => {}
                    None => {
                        return Some(no_type(
                            value.origin,
                            format!(
                                "`{path}` lacks the attribute `{}` of its type",
                                attribute.name
                            ),
                            format!(
                                "add it, or make it `optional({})` in the type",
                                attribute.type_
                            ),
                        ));
                    }
                }
            }
            // Terraform drops what the type does not have without a word; in a literal it is a typo.
            entries.iter().find_map(|(key, value)| {
                let names = attributes.iter().map(|attribute| attribute.name.as_str());
                (!key.template && names.clone().all(|name| name != key.name)).then(|| {
                    let near = nearest(&key.name, names);
                    no_type(
                        key.origin.or(value.origin),
                        format!("the type of `{path}` has no attribute `{}`", key.name),
                        match near.as_slice() {
                            [] => "remove it, or add it to the type".to_owned(),
                            near => did_you_mean(near),
                        },
                    )
                })
            })
        }
        (
            Type::Map(_) | Type::Object(_),
            ValueKind::Bool(_) | ValueKind::Number(_) | ValueKind::String(_) | ValueKind::List(_),
        ) => wrong("a map: `{ \"key\" = value }`"),
        _ => None,
    }
}

fn describe(value: &Value) -> String {
    match &value.kind {
        ValueKind::Bool(flag) => format!("the truth value {flag}"),
        ValueKind::Number(number) => format!("the number {number}"),
        ValueKind::String(text) => format!("the text {text:?}"),
        ValueKind::List(_) => "a list".to_owned(),
        ValueKind::Object(_) => "a map".to_owned(),
        _ => "something else".to_owned(),
    }
}

fn unknown(value: &Value) -> NoType {
    no_type(
        value.origin,
        "this is no type of Terraform's",
        "write `string`, `number`, `bool`, `list(string)`, `map(string)` or `object({ name = string })`",
    )
}

fn no_type(origin: Origin, message: impl Into<String>, help: impl Into<String>) -> NoType {
    NoType {
        origin,
        message: message.into(),
        help: help.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_as_terraform_reads_them() {
        for (text, read) in [
            ("string", "string"),
            ("list( map(number) )", "list(map(number))"),
            ("tuple([string,bool])", "tuple([string, bool])"),
            (
                "object({b = optional(number, 1), a = set(any)})",
                "object({a = set(any), b = optional(number)})",
            ),
        ] {
            assert_eq!(parse(text).unwrap().to_string(), read);
        }
        for (text, message) in [
            ("strng", "no type `strng`"),
            ("list", "does not say of what"),
            ("list(string, number)", "not written like this"),
            ("optional(string)", "only an attribute"),
            ("object({a = optional(number, \"x\")})", "the text \"x\""),
            ("[string]", "no type of Terraform's"),
            ("list(", "no type of Terraform's"),
        ] {
            let found = parse(text).unwrap_err().message;
            assert!(found.contains(message), "{text}: {found}");
        }
    }

    #[test]
    fn values_fit_what_they_can_be_converted_to() {
        let value = |text: &str| expression::parse(text).unwrap();
        for (type_, fits) in [
            ("string", "1"),
            ("number", "\"2\""),
            ("bool", "\"true\""),
            ("set(string)", "[\"a\", 1]"),
            ("object({a = string, b = optional(number)})", "{a = \"x\"}"),
            ("any", "{}"),
            ("number", "var.x"),
            ("string", "null"),
        ] {
            assert_eq!(
                misfit(&parse(type_).unwrap(), &value(fits), "v"),
                None,
                "{type_}"
            );
        }
        for (type_, wrong, message) in [
            (
                "number",
                "\"a\"",
                "`v` is of type `number`, and this is the text \"a\"",
            ),
            ("list(number)", "[1, true]", "`v[1]`"),
            ("map(string)", "[\"a\"]", "this is a list"),
            ("object({a = string})", "{}", "lacks the attribute `a`"),
            (
                "object({a = string})",
                "{a = \"\", c = 1}",
                "has no attribute `c`",
            ),
            ("tuple([string])", "[]", "this is a list"),
        ] {
            let found = misfit(&parse(type_).unwrap(), &value(wrong), "v").unwrap();
            assert!(found.message.contains(message), "{}", found.message);
        }
    }
}
