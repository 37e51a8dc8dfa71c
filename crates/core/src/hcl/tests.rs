//! HCL read by another parser and put together again is the same document.

use std::fs;
use std::path::{Path, PathBuf};

use hcl::expr::ObjectKey;
use hcl::structure::{Block as HclBlock, Structure};
use hcl::{Body as HclBody, Expression};
use proptest::prelude::*;

use super::render;
use crate::document::{Block, BlockKind, Document};
use crate::json::{self, Position, position};
use crate::schema::BlockSchema;
use crate::value::{Address, Key, Object, Value, ValueKind};

/// Reads HCL back, with nothing of the writer.
fn read(text: &str) -> Document<()> {
    let body = hcl::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut document = Document::new();
    for structure in body.into_inner() {
        let Structure::Block(block) = structure else {
            panic!("an argument outside of blocks: {text}");
        };
        let kind = BlockKind::from_keyword(block.identifier()).expect("a known kind");
        if kind == BlockKind::Locals {
            for attribute in block.body().attributes() {
                let mut local = Block::new(kind, &[attribute.key()]);
                local
                    .body
                    .set("value", value(attribute.expr(), Position::Expression));
                document.blocks.push(local);
            }
            continue;
        }
        let labels = block
            .labels()
            .iter()
            .map(|label| label.as_str().to_owned())
            .collect::<Vec<_>>();
        let labels = labels.iter().map(String::as_str).collect::<Vec<_>>();
        let mut read = Block::new(kind, &labels);
        read.body = body_of(kind, block.body(), &mut Vec::new());
        document.blocks.push(read);
    }
    document
}

fn body_of(kind: BlockKind, body: &HclBody, path: &mut Vec<String>) -> Object {
    let mut object = Object::new();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                path.push(attribute.key().to_owned());
                let names = path.iter().map(String::as_str).collect::<Vec<_>>();
                let place = match (kind, names.as_slice()) {
                    // In HCL it is an expression, in JSON a text.
                    (BlockKind::Variable, ["type"]) | (_, [.., "dynamic", "iterator"]) => {
                        Position::Address
                    }
                    _ => position(kind, &names),
                };
                let mut found = value(attribute.expr(), place);
                if kind == BlockKind::Variable && names == ["type"] {
                    let text = hcl::format::to_string(attribute.expr()).expect("a type");
                    found = type_(&text);
                } else if let ValueKind::Address(address) = &found.kind {
                    if let [.., "dynamic", "iterator"] = names.as_slice() {
                        found = address.as_str().into();
                    }
                }
                object.set(attribute.key(), found);
                path.pop();
            }
            Structure::Block(block) => nested(kind, block, path, &mut object),
        }
    }
    object
}

/// A type in one spelling.
fn type_(text: &str) -> Value {
    let parsed = crate::expression::parse(text).expect("a type");
    crate::expression::render(&parsed).into()
}

fn nested(kind: BlockKind, block: &HclBlock, path: &mut Vec<String>, object: &mut Object) {
    let name = block.identifier();
    path.push(name.to_owned());
    let body = Value::from(body_of(kind, block.body(), path));
    path.pop();
    let labels = block.labels().iter().rev();
    let whole = labels.fold(body, |inner, label| {
        Object::new()
            .with(label.as_str(), Value::from(vec![inner]))
            .into()
    });
    object.push_block(name, whole);
}

fn value(expression: &Expression, place: Position) -> Value {
    match expression {
        Expression::Null => ValueKind::Null.into(),
        Expression::Bool(flag) => (*flag).into(),
        Expression::Number(number) => {
            let number = serde_json::from_str(&number.to_string()).expect("a number");
            ValueKind::Number(number).into()
        }
        Expression::String(text) => text.as_str().into(),
        Expression::Array(items) => items
            .iter()
            .map(|item| value(item, place))
            .collect::<Vec<_>>()
            .into(),
        Expression::Object(entries) => entries
            .iter()
            .map(|(name, entry)| (key(name), value(entry, place)))
            .collect::<Object>()
            .into(),
        Expression::FuncCall(call) => ValueKind::Call {
            function: hcl::format::to_string(&call.name).expect("a name"),
            arguments: call
                .args
                .iter()
                .map(|argument| value(argument, place))
                .collect(),
            spread: call.expand_final,
        }
        .into(),
        Expression::TemplateExpr(template) => match template.as_ref() {
            hcl::TemplateExpr::QuotedString(text) => crate::expression::parse_template(text),
            other @ hcl::TemplateExpr::Heredoc(_) => panic!("{other:?}"),
        },
        other => {
            let text = hcl::format::to_string(other).expect("what was parsed can be written");
            if place == Position::Address {
                return Address::new(text).into();
            }
            crate::expression::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
        }
    }
}

fn key(key: &ObjectKey) -> Key {
    match key {
        ObjectKey::Identifier(name) => name.as_str().into(),
        ObjectKey::Expression(Expression::String(text)) => text.as_str().into(),
        ObjectKey::Expression(Expression::TemplateExpr(template)) => match template.as_ref() {
            hcl::TemplateExpr::QuotedString(text) => Key {
                name: text.clone(),
                template: true,
                origin: crate::Origin::UNKNOWN,
            },
            other @ hcl::TemplateExpr::Heredoc(_) => panic!("{other:?}"),
        },
        ObjectKey::Expression(Expression::Parenthesis(inner)) => {
            let text = hcl::format::to_string(inner.as_ref()).expect("it can be written");
            Key {
                name: format!("${{{text}}}"),
                template: true,
                origin: crate::Origin::UNKNOWN,
            }
        }
        ObjectKey::Expression(other) => {
            let text = hcl::format::to_string(other).expect("what was parsed can be written");
            let name = crate::expression::parse(&text).expect("a template");
            let ValueKind::Template(parts) = name.kind else {
                // The name of a configuration that a module asks for.
                return text.as_str().into();
            };
            Key {
                name: crate::expression::render_template(&parts),
                template: true,
                origin: crate::Origin::UNKNOWN,
            }
        }
        other => panic!("{other:?}"),
    }
}

/// The document with nested blocks in lists and without comments: JSON has several forms for the same.
fn normal(mut document: Document<String>) -> Document<String> {
    let schemas = document.schemas.clone();
    for block in &mut document.blocks {
        let schema = schemas.block(block);
        let kind = block.kind;
        normalise(&mut block.body, kind, schema, true);
        let text = block.body.get("type").and_then(Value::as_str);
        if let Some(text) = text.filter(|_| kind == BlockKind::Variable).map(type_) {
            block.body.set("type", text);
        }
    }
    document
}

fn normalise(
    object: &mut Object,
    kind: BlockKind,
    schema: Option<BlockSchema<'static>>,
    is_body: bool,
) {
    if kind == BlockKind::Locals {
        return;
    }
    object.remove("//");
    for (key, value) in object.iter_mut() {
        let nested = schema.and_then(|schema| schema.block(&key.name));
        let is_block = nested.is_some()
            || is_body
                && matches!(
                    key.name.as_str(),
                    "lifecycle"
                        | "connection"
                        | "provisioner"
                        | "dynamic"
                        | "backend"
                        | "required_providers"
                        | "cloud"
                        | "validation"
                        | "precondition"
                        | "assert"
                )
                && kind != BlockKind::Module
            || matches!(
                key.name.as_str(),
                "precondition" | "postcondition" | "workspaces" | "content" | "dynamic"
            )
            || is_body && kind == BlockKind::Check && key.name == "data";
        if !is_block {
            continue;
        }
        if matches!(value.kind, ValueKind::Object(_)) {
            *value = vec![value.clone()].into();
        }
        let ValueKind::List(items) = &mut value.kind else {
            continue;
        };
        let labelled = matches!(
            key.name.as_str(),
            "provisioner" | "dynamic" | "backend" | "data"
        );
        if labelled {
            *items = items
                .iter()
                .flat_map(|item| spread(item, key.name == "data"))
                .collect();
        }
        for item in items.iter_mut() {
            let schema_of = |name: &str| {
                schema
                    .and_then(|schema| schema.block(name))
                    .map(|it| it.block)
            };
            if let ValueKind::Object(inner) = &mut item.kind {
                if key.name == "dynamic" {
                    for (name, bodies) in inner.iter_mut() {
                        if let ValueKind::List(bodies) = &mut bodies.kind {
                            for body in bodies {
                                if let ValueKind::Object(body) = &mut body.kind {
                                    if let Some(content) = body.get_mut("content") {
                                        if let ValueKind::Object(content) = &mut content.kind {
                                            normalise(content, kind, schema_of(&name.name), false);
                                        }
                                    }
                                    normalise(body, kind, None, false);
                                }
                            }
                        }
                    }
                } else {
                    normalise(inner, kind, nested.map(|it| it.block), false);
                }
            }
        }
    }
}

/// One object for each label, with lists around the bodies.
fn spread(item: &Value, twice: bool) -> Vec<Value> {
    let ValueKind::Object(object) = &item.kind else {
        return vec![item.clone()];
    };
    let mut found = Vec::new();
    for (key, value) in object.iter() {
        let bodies = match &value.kind {
            ValueKind::List(items) => items.clone(),
            _ => vec![value.clone()],
        };
        for body in bodies {
            let bodies = if twice {
                spread(&body, false)
            } else {
                vec![body]
            };
            for body in bodies {
                found.push(
                    Object::new()
                        .with(key.clone(), Value::from(vec![body]))
                        .into(),
                );
            }
        }
    }
    found
}

#[track_caller]
fn comes_back(text: &str, what: &str) {
    let document = json::parse(text).expect("Terraform JSON");
    let hcl = render(&document);
    let document = normal(document);
    let mut wanted = Document::<()>::new();
    wanted.blocks.clone_from(&document.blocks);
    let (wanted, found) = (json::render(&wanted), json::render(&read(&hcl)));
    let difference = wanted
        .lines()
        .zip(found.lines())
        .find(|(wanted, found)| wanted != found);
    assert!(wanted == found, "{what}: {difference:?}\n{hcl}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.to_string_lossy().ends_with(".tf.json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_stack_comes_back_from_hcl() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = files(&root.join("crates/front/tests/stacks"));
    assert!(all.len() > 5, "there are stacks");
    all.extend(files(&root.join("out")));
    for file in all {
        let text = fs::read_to_string(&file).expect("the stack can be read");
        // What rustc has still to fill in is no JSON yet.
        if text.contains("<constant ") {
            continue;
        }
        comes_back(&text, &file.display().to_string());
        if let Some(folder) = std::env::var_os("KEEP_HCL") {
            let hcl = render(&json::parse(&text).expect("Terraform JSON"));
            let name = file.strip_prefix(root.as_path()).expect("a file of ours");
            let file = Path::new(&folder).join(name.to_string_lossy().replace(['/', '.'], "_"));
            fs::create_dir_all(&file).expect("the folder can be made");
            fs::write(file.join("main.tf"), hcl).expect("the file can be written");
        }
    }
}

#[test]
fn hcl_reads_like_hcl() {
    let document = json::parse(include_str!("example.tf.json")).expect("Terraform JSON");
    let found = render(&document);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/hcl/example.tf");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &found).expect("the example can be written");
    }
    assert_eq!(found, fs::read_to_string(file).unwrap_or_default());
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            Just("${".to_owned()),
            Just("$${".to_owned()),
            Just("%{".to_owned()),
            Just("}".to_owned()),
            Just("\"".to_owned()),
            Just("\\".to_owned()),
            Just("\n".to_owned()),
            Just("//".to_owned()),
            "[a-z$%{}. ]{0,4}",
            any::<char>().prop_map(String::from),
        ],
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

fn literal() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i32>().prop_map(Into::into),
        (-1e6..1e6_f64).prop_map(|number| serde_json::json!((number * 100.0).round() / 100.0)),
        Just("".into()),
        text().prop_map(|text| crate::expression::escape_template(&text).into()),
        Just("${var.a}".into()),
        Just("a${var.a}b".into()),
        Just("${var.a ? jsonencode({x = [1, \"y\"]}) : upper(\"z\")}".into()),
        Just("${[for k, v in var.m : v if k != \"\"]}".into()),
        Just("${jsonencode({a = {b = [{c = 1}, {d = \"$${x}\"}]}})}".into()),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            prop::collection::btree_map(
                text().prop_map(|text| crate::expression::escape_template(&text)),
                inner,
                0..4
            )
            .prop_map(|entries| entries
                .into_iter()
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    })
}

proptest! {
    #[test]
    fn every_value_comes_back_from_hcl(value in literal(), local in literal()) {
        let document = serde_json::json!({
            "locals": {"a": local},
            "output": {"b": {"value": value}},
            "resource": {"aws_sqs_queue": {"q": {"tags": value, "name": "x"}}},
        });
        comes_back(&document.to_string(), "a value");
    }
}
