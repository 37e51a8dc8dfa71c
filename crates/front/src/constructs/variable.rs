//! `#[variable]`: an input of the stack.

use std::collections::BTreeSet;

use webhook_infra_core::{Block, BlockKind, Key as EntryKey, Target, Value, ValueKind};

use super::{Construct, Key, Settings, Shape};
use crate::context::{Context, Declaration};
use crate::lower::{object_type, terraform_type};
use crate::syntax::EntryKind;

const KEYS: &[Key] = &[
    Key::new(
        "default",
        Shape::Value,
        "The value when none is given. Without it, Terraform asks.",
    ),
    Key::new(
        "type",
        Shape::Raw,
        "Terraform's type: `number`, `list(string)`, `object({ name = string, size = optional(number, 1) })`, or the same in quotes. Default: the fields of `struct Limits { rate: u32, burst: Option<u32> }`, the type in `struct Name(Type)`, or the type of the default; else `string`.",
    ),
    Key::new(
        "sensitive",
        Shape::Switch,
        "Terraform does not show the value.",
    ),
    Key::new(
        "nullable",
        Shape::Switch,
        "Whether the value may be `null`.",
    ),
    Key::new(
        "ephemeral",
        Shape::Switch,
        "The value is not kept in plan or state (Terraform 1.10).",
    ),
    Key::new(
        "description",
        Shape::Text,
        "What it is for. Default: the struct's documentation.",
    ),
    Key::new(
        "validation",
        Shape::Raw,
        "`validation(condition = length(var.name) > 3, error_message = \"…\")`: what values will do, and what is said of others. May stand several times.",
    ),
    Key::new(
        "id",
        Shape::Raw,
        "The name in Terraform's address. Default: the struct's name in snake case.",
    ),
];

pub(super) static VARIABLE: Construct = Construct {
    name: "variable",
    summary: "An input variable; its struct can stand wherever a value can",
    main: "",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    target: |declaration| Target::Variable(declaration.id.to_owned()),
    lower,
};

/// Names that Terraform keeps for itself (Terraform, "Input Variables").
const RESERVED: [&str; 8] = [
    "source",
    "version",
    "providers",
    "count",
    "for_each",
    "lifecycle",
    "depends_on",
    "locals",
];

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let (validations, entries): (Vec<_>, Vec<_>) =
        declaration.annotation.entries.iter().cloned().partition(
            |entry| matches!(&entry.kind, EntryKind::Block(key, _) if key == "validation"),
        );
    let settings = context.settings(&entries, KEYS, None, "`#[variable]`", "variable");
    if RESERVED.contains(&declaration.id) {
        context.errors.add(
            declaration.item.syntax.ident.span(),
            format!("Terraform keeps the name `{}` for itself", declaration.id),
            "choose another name",
        );
    }
    let mut block = Block::new(BlockKind::Variable, &[declaration.id]);
    for name in [
        "default",
        "sensitive",
        "nullable",
        "ephemeral",
        "description",
    ] {
        if let Some(setting) = settings.find(name) {
            if let Some(value) = settings.value(name) {
                block
                    .body
                    .set(EntryKey::new(name, setting.origin), value.clone());
            }
        }
    }
    for entry in &validations {
        if let EntryKind::Block(key, entries) = &entry.kind {
            let origin = context.origin(key.span());
            let condition = context.condition("validation", entries, entry.span, "`#[variable]`");
            block
                .body
                .push_block(EntryKey::new("validation", origin), condition);
        }
    }
    if !declaration.item.docs.is_empty() {
        block
            .body
            .set_default("description", declaration.item.docs.as_str());
    }
    let Some(type_) = type_text(context, declaration, &settings) else {
        return;
    };
    block.body.set("type", type_);
    context.push(block);
}

/// What was written, else the type of the struct's fields, else that of the default.
fn type_text(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
) -> Option<String> {
    let of_fields = match &declaration.item.syntax.data {
        syn::Data::Struct(data) => match &data.fields {
            syn::Fields::Named(fields) if !fields.named.is_empty() => {
                object_type(declaration, context.scope)
            }
            syn::Fields::Unnamed(fields) => fields
                .unnamed
                .first()
                .map(|field| terraform_type(&field.ty, context.scope)),
            _ => None,
        },
        _ => None,
    };
    let Some(written) = settings.raw("type").cloned() else {
        let of_default = || settings.value("default").map(type_of);
        return Some(
            of_fields
                .map(|type_| type_.to_string())
                .or_else(of_default)
                .unwrap_or_else(|| "string".to_owned()),
        );
    };
    if let (Some(of_fields), Some(setting)) = (of_fields, settings.find("type")) {
        context.errors.add(
            setting.span,
            format!(
                "variable `{}` has the type of its fields, `{of_fields}`, and one in its attribute",
                declaration.name()
            ),
            "remove one of the two",
        );
        return None;
    }
    context.type_expression(&written).map(|(_, text)| text)
}

fn type_of(default: &Value) -> String {
    let common = |values: &mut dyn Iterator<Item = &Value>| {
        let types = values.map(type_of).collect::<BTreeSet<_>>();
        match types.len() {
            1 => types.into_iter().next().unwrap_or_default(),
            0 => "string".to_owned(),
            _ => "any".to_owned(),
        }
    };
    match &default.kind {
        ValueKind::Number(_) => "number".to_owned(),
        ValueKind::Bool(_) => "bool".to_owned(),
        ValueKind::List(items) => format!("list({})", common(&mut items.iter())),
        ValueKind::Object(object) => format!(
            "map({})",
            common(&mut object.iter().map(|(_, value)| value))
        ),
        _ => "string".to_owned(),
    }
}
