//! Types from the JSON of Terraform's type system, which is called cty.

use super::error::SchemaError;
use super::model::{flag, members};
use super::type_::{ObjectAttribute, Type};
use serde_json::Value;

/// The type of an attribute, which has either a `type` or a `nested_type`.
pub(super) fn attribute_type(attribute: &Value) -> Result<Type, SchemaError> {
    match (attribute.get("type"), attribute.get("nested_type")) {
        (Some(type_), _) => cty_type(type_).map_err(|error| error.within("type")),
        (None, Some(nested)) => nested_type(nested).map_err(|error| error.within("nested_type")),
        (None, None) => Err(SchemaError::json("an attribute without a type")),
    }
}

/// `"string"`, `["list", "string"]`, `["object", {"key": "string"}, ["key"]]` and so on.
pub(super) fn cty_type(json: &Value) -> Result<Type, SchemaError> {
    let unknown = || SchemaError::json(format!("{json} is no type"));
    if let Some(name) = json.as_str() {
        return primitive(name).ok_or_else(unknown);
    }
    let parts = json.as_array().map(Vec::as_slice).unwrap_or_default();
    let (constructor, arguments) = parts.split_first().ok_or_else(unknown)?;
    match (constructor.as_str().unwrap_or_default(), arguments) {
        ("list", [element]) => Ok(Type::List(Box::new(cty_type(element)?))),
        ("set", [element]) => Ok(Type::Set(Box::new(cty_type(element)?))),
        ("map", [element]) => Ok(Type::Map(Box::new(cty_type(element)?))),
        ("tuple", [Value::Array(elements)]) => tuple(elements),
        ("object", [attributes]) => object(attributes, &[]),
        ("object", [attributes, Value::Array(optional)]) => object(attributes, optional),
        _ => Err(unknown()),
    }
}

fn primitive(name: &str) -> Option<Type> {
    match name {
        "dynamic" => Some(Type::Any),
        "bool" => Some(Type::Bool),
        "number" => Some(Type::Number),
        "string" => Some(Type::String),
        _ => None,
    }
}

fn tuple(elements: &[Value]) -> Result<Type, SchemaError> {
    let elements: Result<_, _> = elements.iter().map(cty_type).collect();
    elements.map(Type::Tuple)
}

fn object(attributes: &Value, optional: &[Value]) -> Result<Type, SchemaError> {
    let attribute = |(name, type_): (&str, &Value)| {
        let optional = optional.iter().any(|other| other == name);
        Ok(ObjectAttribute {
            name: name.to_owned(),
            type_: cty_type(type_)?,
            optional,
        })
    };
    let attributes: Result<_, _> = members(attributes)?.into_iter().map(attribute).collect();
    attributes.map(Type::Object)
}

/// The type of an attribute whose value is made of attributes that have flags of their own.
fn nested_type(json: &Value) -> Result<Type, SchemaError> {
    let attributes = json.get("attributes").unwrap_or(&Value::Null);
    let object = Box::new(nested_object(attributes)?);
    match json.get("nesting_mode").and_then(Value::as_str) {
        Some("single") => Ok(*object),
        Some("list") => Ok(Type::List(object)),
        Some("set") => Ok(Type::Set(object)),
        Some("map") => Ok(Type::Map(object)),
        _ => Err(SchemaError::json("an unknown nesting_mode")),
    }
}

/// As Terraform does, takes what the provider computes for something that may be left out.
fn nested_object(attributes: &Value) -> Result<Type, SchemaError> {
    let attribute = |(name, json): (&str, &Value)| {
        let type_ = attribute_type(json).map_err(|error| error.within(name))?;
        let optional = flag(json, "optional") || flag(json, "computed");
        Ok(ObjectAttribute {
            name: name.to_owned(),
            type_,
            optional,
        })
    };
    let attributes: Result<_, _> = members(attributes)?.into_iter().map(attribute).collect();
    attributes.map(Type::Object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn types_that_are_none_are_refused() {
        let wrong = [
            json!("text"),
            json!(null),
            json!([]),
            json!(["list"]),
            json!(["list", "string", "string"]),
            json!(["object", ["string"]]),
            json!(["tuple", "string"]),
        ];
        for json in wrong {
            assert!(cty_type(&json).is_err(), "{json}");
        }
    }

    #[test]
    fn errors_tell_where_they_are() {
        let attribute = json!({
            "nested_type": {"nesting_mode": "list", "attributes": {"size": {"type": "int"}}},
        });
        let error = attribute_type(&attribute).unwrap_err();
        assert_eq!(
            error.to_string(),
            "nested_type.size.type: \"int\" is no type"
        );
    }
}
