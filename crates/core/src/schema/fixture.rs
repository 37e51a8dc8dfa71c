//! A provider for tests, and the way back from a table to the JSON that it was made from.

use super::{Attribute, BlockSchema, NestedBlock, Schema, SchemaError, Type};
use serde_json::{Map, Value, json};

/// Every form of a type and every nesting, equal blocks in different places, and names in others.
pub(super) fn provider_json() -> Value {
    let object = json!(["object", {"key": "string", "size": "number"}, ["size"]]);
    let filter = json!({
        "attributes": {
            "name": {"type": "string", "required": true},
            "values": {"type": ["list", "string"], "required": true},
        },
    });
    let queue = json!({
        "attributes": {
            "arn": {"type": "string", "computed": true},
            "fifo": {"type": "bool", "optional": true, "deprecated": true},
            "key": {"type": "string", "optional": true, "sensitive": true, "write_only": true},
            "name": {"type": "string", "required": true},
            "pair": {"type": ["tuple", ["string", ["set", "number"]]], "optional": true},
            "rules": {"type": ["list", object], "optional": true, "computed": true},
            "settings": {"type": "dynamic", "optional": true},
            "tags": {"type": ["map", "string"], "optional": true},
            "timeout_seconds": {"type": "number", "optional": true},
            "unit": {"type": ["object", {}], "optional": true},
        },
        "block_types": {
            "filter": {"nesting_mode": "set", "block": filter},
            "label": {"nesting_mode": "map", "block": {}},
            "limits": {"nesting_mode": "group", "block": filter},
            "target": {
                "nesting_mode": "list",
                "min_items": 1,
                "max_items": 300,
                "block": {"block_types": {"filter": {"nesting_mode": "single", "block": filter}}},
            },
        },
    });
    json!({
        "provider": {"block": {"attributes": {"region": {"type": "string", "optional": true}}}},
        "resource_schemas": {
            "aws_queue": {"block": queue},
            "aws_queue_policy": {"block": {"attributes": {"arn": queue["attributes"]["arn"]}}},
        },
        "data_source_schemas": {"aws_queue": {"block": filter}, "aws_region": {"block": {}}},
        "ephemeral_resource_schemas": {"aws_secret": {"block": filter}},
        "functions": {"arn_build": {}, "arn_parse": {}},
    })
}

pub(super) fn encode(provider: &Value) -> Result<Vec<u8>, SchemaError> {
    let json = json!({"provider_schemas": {"registry.terraform.io/hashicorp/aws": provider}});
    Schema::encode(&json, "hashicorp/aws", "1.2.3")
}

pub(super) fn encoded() -> Vec<u8> {
    encode(&provider_json()).unwrap()
}

/// The JSON that a table was made from, read off the table.
pub(super) fn json_of(schema: &Schema) -> Value {
    let group = |names: Vec<&str>, block: &dyn Fn(&str) -> Value| -> Value {
        let member = |name: &str| (name.to_owned(), block(name));
        names.into_iter().map(member).collect::<Map<_, _>>().into()
    };
    let top = |block: Option<BlockSchema<'_>>| json!({"block": json_of_block(block.unwrap())});
    json!({
        "provider": top(Some(schema.provider())),
        "resource_schemas":
            group(schema.resource_types().collect(), &|name| top(schema.resource(name))),
        "data_source_schemas":
            group(schema.data_source_types().collect(), &|name| top(schema.data_source(name))),
        "ephemeral_resource_schemas": group(
            schema.ephemeral_resource_types().collect(),
            &|name| top(schema.ephemeral_resource(name)),
        ),
        "functions": group(schema.function_names().collect(), &|_| json!({})),
    })
}

/// Walks over the block, and asserts that what has a name is found by it.
fn json_of_block(block: BlockSchema<'_>) -> Value {
    let attribute = |attribute: Attribute<'_>| {
        let json = json_of_attribute(&attribute);
        let found = block.attribute(attribute.name).unwrap();
        assert_eq!(json_of_attribute(&found), json);
        (attribute.name.to_owned(), json)
    };
    let nested = |nested: NestedBlock<'_>| {
        let found = block.block(nested.name).unwrap();
        assert_eq!(format!("{found:?}"), format!("{nested:?}"));
        (nested.name.to_owned(), json_of_nested(&nested))
    };
    let attributes: Map<_, _> = block.attributes().map(attribute).collect();
    let block_types: Map<_, _> = block.blocks().map(nested).collect();
    without_defaults(&json!({"attributes": attributes, "block_types": block_types}))
}

fn json_of_attribute(attribute: &Attribute<'_>) -> Value {
    without_defaults(&json!({
        "type": json_of_type(&attribute.type_()),
        "required": attribute.required,
        "optional": attribute.optional,
        "computed": attribute.computed,
        "write_only": attribute.write_only,
        "sensitive": attribute.sensitive,
        "deprecated": attribute.deprecated,
    }))
}

fn json_of_nested(nested: &NestedBlock<'_>) -> Value {
    let mut json = without_defaults(&json!({
        "nesting_mode": format!("{:?}", nested.nesting).to_lowercase(),
        "min_items": nested.min,
        "max_items": nested.max,
    }));
    json["block"] = json_of_block(nested.block);
    json
}

fn json_of_type(type_: &Type) -> Value {
    match type_ {
        Type::Any => json!("dynamic"),
        Type::Bool | Type::Number | Type::String => json!(type_.to_string()),
        Type::List(element) => json!(["list", json_of_type(element)]),
        Type::Set(element) => json!(["set", json_of_type(element)]),
        Type::Map(element) => json!(["map", json_of_type(element)]),
        Type::Tuple(elements) => {
            json!([
                "tuple",
                elements.iter().map(json_of_type).collect::<Vec<_>>()
            ])
        }
        Type::Object(attributes) => {
            let members: Map<_, _> = attributes
                .iter()
                .map(|attribute| (attribute.name.clone(), json_of_type(&attribute.type_)))
                .collect();
            let optional = attributes.iter().filter(|attribute| attribute.optional);
            let optional: Vec<_> = optional.map(|attribute| attribute.name.as_str()).collect();
            if optional.is_empty() {
                json!(["object", members])
            } else {
                json!(["object", members, optional])
            }
        }
    }
}

/// Terraform leaves out what is false, 0 or empty.
fn without_defaults(json: &Value) -> Value {
    let is_default =
        |value: &Value| *value == json!(false) || *value == json!(0) || *value == json!({});
    let members = json.as_object().unwrap().iter();
    let members = members.filter(|(_, value)| !is_default(value));
    members
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect::<Map<_, _>>()
        .into()
}
