//! Every resource type, data source and ephemeral resource of the AWS provider can be declared.
//!
//! Each is written in the DSL with its required arguments, and comes out as Terraform JSON without a
//! mistake of the schema's. `KEEP_TYPES=folder` keeps the JSON, in batches, for Terraform to judge.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use webhook_infra_core::check::CHECKS;
use webhook_infra_core::json;
use webhook_infra_core::schema::{BlockSchema, Nesting, Schema, Type, aws};

/// How many types share a document.
const BATCH: usize = 150;

type Find = fn(&'static Schema, &str) -> Option<BlockSchema<'static>>;

#[test]
fn every_type_can_be_declared() {
    let schema = aws();
    let kinds: [(&str, Vec<&str>, Find); 3] = [
        (
            "resource",
            schema.resource_types().collect(),
            Schema::resource,
        ),
        (
            "data",
            schema.data_source_types().collect(),
            Schema::data_source,
        ),
        (
            "ephemeral",
            schema.ephemeral_resource_types().collect(),
            Schema::ephemeral_resource,
        ),
    ];
    for (kind, types, find) in kinds {
        if kind == "ephemeral" && !is_construct(kind) {
            continue;
        }
        assert!(types.len() > 5, "there are types of kind {kind}");
        for (number, batch) in types.chunks(BATCH).enumerate() {
            let mut stack = String::from("pub mod every {\n");
            for (place, name) in batch.iter().enumerate() {
                let block = find(schema, name).expect("the type is in the schema");
                let mut entries = vec![(*name).to_owned()];
                required(block, &mut entries);
                writeln!(
                    stack,
                    "#[{kind}({})]\npub struct T{place};",
                    entries.join(", ")
                )
                .expect("a text can be written to");
            }
            stack.push('}');
            declare(&format!("{kind}-{number}"), &stack, batch.len());
        }
        println!("{} types of kind {kind}", types.len());
    }
}

fn is_construct(name: &str) -> bool {
    webhook_infra_front::constructs::CONSTRUCTS
        .iter()
        .any(|construct| construct.name == name)
}

/// Reads the stack; what the rules say of made-up values is not what this is about.
fn declare(name: &str, stack: &str, types: usize) {
    let attribute = r#"name = "every", region = "eu-central-1""#
        .parse()
        .expect("it is made of tokens");
    let module = stack.parse().unwrap_or_else(|_| panic!("{stack}"));
    let reading = webhook_infra_front::read(attribute, &module);
    let is_rule = |text: &String| {
        text.lines()
            .find_map(|line| line.strip_prefix("rule: "))
            .is_some_and(|rule| !CHECKS.iter().any(|check| rule.starts_with(check.name)))
    };
    let mistakes = reading
        .errors
        .into_iter()
        .filter(|text| !is_rule(text))
        .collect::<Vec<_>>();
    assert!(mistakes.is_empty(), "{name}:\n{}", mistakes.join("\n\n"));
    // The settings and the provider come besides.
    assert_eq!(reading.document.blocks.len(), types + 2, "{name}");
    if let Some(folder) = std::env::var_os("KEEP_TYPES") {
        let folder = PathBuf::from(folder).join(name);
        fs::create_dir_all(&folder).expect("the folder can be made");
        fs::write(folder.join("main.tf.json"), json::render(&reading.document))
            .expect("the document can be written");
    }
}

/// The arguments and blocks without which Terraform refuses the block.
fn required(block: BlockSchema<'_>, entries: &mut Vec<String>) {
    for attribute in block.attributes().filter(|attribute| attribute.required) {
        entries.push(format!(
            "{} = {}",
            attribute.name,
            value(&attribute.type_())
        ));
    }
    for nested in block.blocks().filter(|nested| nested.min > 0) {
        let mut inner = Vec::new();
        required(nested.block, &mut inner);
        let count = match nested.nesting {
            Nesting::List | Nesting::Set => nested.min,
            _ => 1,
        };
        for _ in 0..count {
            entries.push(format!("{}({})", nested.name, inner.join(", ")));
        }
    }
}

fn value(type_: &Type) -> String {
    match type_ {
        Type::Bool => "true".to_owned(),
        Type::Number => "1".to_owned(),
        Type::String | Type::Any => "\"x\"".to_owned(),
        Type::List(item) | Type::Set(item) => format!("[{}]", value(item)),
        Type::Map(item) => format!("{{ \"key\" = {} }}", value(item)),
        Type::Tuple(items) => format!(
            "[{}]",
            items.iter().map(value).collect::<Vec<_>>().join(", ")
        ),
        Type::Object(attributes) => format!(
            "{{ {} }}",
            attributes
                .iter()
                .filter(|attribute| !attribute.optional)
                .map(|attribute| format!("\"{}\" = {}", attribute.name, value(&attribute.type_)))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}
