//! `#[variable]`: an input of the stack.

use std::collections::BTreeSet;

use webhook_infra_core::{Block, BlockKind, Target, Value, ValueKind};

use super::{Construct, Key, Shape};
use crate::context::{Context, Declaration};
use crate::lower::terraform_type;
use crate::syntax::ExpressionKind;

const KEYS: &[Key] = &[
    Key::new(
        "default",
        Shape::Value,
        "The value when none is given. Without it, Terraform asks.",
    ),
    Key::new(
        "type",
        Shape::Raw,
        "Terraform's type: `string`, `number`, `bool` or, in quotes, `\"list(string)\"`. Default: the type of the field in `struct Name(Type)`, else `string`.",
    ),
    Key::new(
        "sensitive",
        Shape::Flag,
        "Terraform does not show the value.",
    ),
    Key::new("nullable", Shape::Flag, "Whether the value may be `null`."),
    Key::new(
        "ephemeral",
        Shape::Flag,
        "The value is not kept in plan or state (Terraform 1.10).",
    ),
    Key::new(
        "description",
        Shape::Text,
        "What it is for. Default: the struct's documentation.",
    ),
    Key::new(
        "validation",
        Shape::Value,
        "`validation(condition = …, error_message = \"…\")`.",
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
    let settings = context.declared(declaration);
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
        if let Some(value) = settings.value(name) {
            block.body.set(name, value.clone());
        }
    }
    if let Some(validation) = settings.value("validation") {
        block.body.push_block("validation", validation.clone());
    }
    if !declaration.item.docs.is_empty() {
        block
            .body
            .set_default("description", declaration.item.docs.as_str());
    }
    let type_ = match settings.raw("type").map(|type_| &type_.kind) {
        Some(ExpressionKind::Name(name)) => name.to_string(),
        Some(ExpressionKind::String(text)) => text.clone(),
        Some(_) => {
            context.errors.add(
                declaration.span(),
                "`type` takes one of Terraform's types",
                "write `type = number`, or `type = \"list(string)\"` in quotes",
            );
            return;
        }
        None => declaration
            .fields()
            .next()
            .map(|(field, _, _)| terraform_type(&field.ty, context.scope).to_string())
            .or_else(|| settings.value("default").map(type_of))
            .unwrap_or_else(|| "string".to_owned()),
    };
    block.body.set("type", type_);
    context.push(block);
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
