//! What is in a table is what was in the JSON; what is in damaged bytes does no harm.

use super::fixture::{encode, encoded, json_of, provider_json};
use super::{Schema, Type, aws};
use serde_json::json;

/// The attributes and nested blocks that a walk through damaged bytes visits at most.
const WALK_LIMIT: usize = 10_000;

/// Visits everything that can be reached from the top and looks it up by its name as well.
fn walk(schema: &Schema) {
    let mut blocks = vec![schema.provider()];
    blocks.extend(
        schema
            .resource_types()
            .filter_map(|name| schema.resource(name)),
    );
    blocks.extend(
        schema
            .data_source_types()
            .filter_map(|name| schema.data_source(name)),
    );
    let ephemeral = schema.ephemeral_resource_types();
    blocks.extend(ephemeral.filter_map(|name| schema.ephemeral_resource(name)));
    let _ = (
        schema.provider_source(),
        schema.provider_version(),
        schema.function_names().count(),
    );
    let mut visits_left = WALK_LIMIT;
    while let Some(block) = blocks.pop() {
        for attribute in block.attributes().take(visits_left) {
            let _ = (block.attribute(attribute.name), attribute.type_());
            visits_left -= 1;
        }
        for nested in block.blocks().take(visits_left) {
            let _ = block.block(nested.name);
            blocks.push(nested.block);
            visits_left -= 1;
        }
    }
}

#[test]
fn a_table_tells_all_that_the_json_told() {
    let schema = Schema::from_bytes(encoded()).unwrap();
    assert_eq!(json_of(&schema), provider_json());
    assert_eq!(schema.provider_source(), "hashicorp/aws");
    assert_eq!(schema.provider_version(), "1.2.3");
    assert_eq!(format!("{schema:?}"), "Schema(hashicorp/aws 1.2.3)");
}

#[test]
fn a_nested_type_becomes_the_type_that_its_values_have() {
    for (nesting, open, close) in [
        ("single", "", ""),
        ("list", "list(", ")"),
        ("set", "set(", ")"),
        ("map", "map(", ")"),
    ] {
        let attributes = json!({
            "arn": {"type": "string", "computed": true},
            "name": {"type": "string", "required": true},
            "size": {"nested_type": {
                "nesting_mode": "single",
                "attributes": {"unit": {"type": "bool", "optional": true}},
            }, "optional": true},
        });
        let nested_type = json!({"nesting_mode": nesting, "attributes": attributes});
        let attribute = json!({"nested_type": nested_type, "optional": true});
        let block = json!({"attributes": {"rule": attribute}});
        let provider = json!({"resource_schemas": {"aws_queue": {"block": block}}});
        let schema = Schema::from_bytes(encode(&provider).unwrap()).unwrap();
        let rule = schema
            .resource("aws_queue")
            .unwrap()
            .attribute("rule")
            .unwrap();
        let object = "object({arn = optional(string), name = string, \
                      size = optional(object({unit = optional(bool)}))})";
        assert_eq!(rule.type_().to_string(), format!("{open}{object}{close}"));
    }
}

#[test]
fn unknown_names_are_not_found() {
    let schema = Schema::from_bytes(encoded()).unwrap();
    for name in [
        "",
        "a",
        "aws_queu",
        "aws_queue_",
        "aws_queue_policy2",
        "zzz",
        "aws_secret",
    ] {
        assert!(schema.resource(name).is_none(), "{name}");
    }
    assert!(schema.data_source("aws_queue_policy").is_none());
    assert!(schema.ephemeral_resource("aws_queue").is_none());
    let queue = schema.resource("aws_queue").unwrap();
    for name in ["", "filter", "nam", "name_", "zzz", "region"] {
        assert!(queue.attribute(name).is_none(), "{name}");
    }
    for name in ["", "name", "filte", "filters", "zzz"] {
        assert!(queue.block(name).is_none(), "{name}");
    }
}

#[test]
fn equal_blocks_are_stored_once() {
    let mut provider = provider_json();
    let queue = provider["resource_schemas"]["aws_queue"].clone();
    let before = encode(&provider).unwrap().len();
    // The name lies within another one, so that the entry is all that is new.
    provider["resource_schemas"]["aws"] = queue;
    assert!(encode(&provider).unwrap().len() <= before + 5);
}

#[test]
fn errors_in_the_json_tell_where_they_are() {
    let attribute = json!({"attributes": {"name": {"type": "text"}}});
    let provider = json!({"resource_schemas": {"aws_queue": {"block": attribute}}});
    let expected = "resource_schemas.aws_queue.block.attributes.name.type: \"text\" is no type";
    assert_eq!(encode(&provider).unwrap_err().to_string(), expected);
    let missing = Schema::encode(&json!({}), "hashicorp/aws", "1.2.3").unwrap_err();
    assert_eq!(missing.to_string(), "no provider_schemas of hashicorp/aws");
}

#[test]
fn tables_that_are_cut_are_refused() {
    let bytes = encoded();
    for length in 0..bytes.len() {
        assert!(
            Schema::from_bytes(bytes[..length].to_vec()).is_err(),
            "{length}"
        );
    }
}

#[test]
fn damaged_bytes_never_panic() {
    let bytes = encoded();
    for index in 0..bytes.len() {
        for damage in (0..8).map(|bit| 1 << bit).chain([0xff]) {
            let mut damaged = bytes.clone();
            damaged[index] ^= damage;
            if let Ok(schema) = Schema::from_bytes(damaged) {
                walk(&schema);
            }
        }
    }
}

#[test]
fn the_aws_table_is_whole_and_small() {
    assert_eq!(aws().provider_source(), "hashicorp/aws");
    assert_eq!(aws().resource_types().count(), 1_725);
    assert_eq!(aws().data_source_types().count(), 683);
    assert_eq!(aws().ephemeral_resource_types().count(), 10);
    assert_eq!(aws().function_names().count(), 4);
    assert!(include_bytes!("aws.schema").len() < 400_000);
}

#[test]
fn every_block_of_the_aws_table_can_be_read() {
    // To make JSON of it walks over it, and looks up by name whatever it meets.
    let json = json_of(aws());
    assert!(json["resource_schemas"]["aws_sqs_queue"]["block"]["attributes"].is_object());
}

#[test]
fn the_aws_table_knows_queues_and_functions() {
    let queue = aws().resource("aws_sqs_queue").unwrap();
    let timeout = queue.attribute("visibility_timeout_seconds").unwrap();
    assert!(timeout.optional && !timeout.required && timeout.is_settable());
    assert_eq!(timeout.type_(), Type::Number);
    let function = aws().resource("aws_lambda_function").unwrap();
    assert!(function.attribute("function_name").unwrap().required);
    assert!(function.attribute("role").unwrap().required);
    assert!(!function.attribute("arn").unwrap().is_settable());
}
