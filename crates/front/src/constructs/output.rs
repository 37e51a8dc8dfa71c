//! `#[output]`: a result of the stack.

use webhook_infra_core::{Block, BlockKind, Key as EntryKey, Target};

use super::{Construct, Key, Shape, output_type};
use crate::context::{Context, Declaration};
use crate::syntax::EntryKind;

const KEYS: &[Key] = &[
    Key::new(
        "value",
        Shape::Value,
        "The value; `#[output(Events.url)]` is the same.",
    ),
    Key::new(
        "description",
        Shape::Text,
        "What it is. Default: the struct's documentation.",
    ),
    Key::new(
        "sensitive",
        Shape::Switch,
        "Terraform does not show the value.",
    ),
    Key::new(
        "ephemeral",
        Shape::Switch,
        "The value is not kept in plan or state (Terraform 1.10). Only where the stack is a module of another one.",
    ),
    Key::new(
        "depends_on",
        Shape::Raw,
        "What has to be there before the value is of use: `[Events, Policy]`.",
    ),
    Key::new(
        "precondition",
        Shape::Raw,
        "`precondition(condition = …, error_message = \"…\")`: what has to hold before the value is shown. May stand several times.",
    ),
    Key::new(
        "id",
        Shape::Raw,
        "The name of the output. Default: the struct's name in snake case.",
    ),
    Key::new(
        "parameter",
        Shape::Text,
        "The name of an SSM parameter that carries the value to other stacks: `parameter = \"/network/vpc_id\"`. There, `#[input(…, via = \"parameter\")]` reads it. A literal or a Rust constant.",
    ),
];

pub(super) static OUTPUT: Construct = Construct {
    name: "output",
    summary: "A value that `terraform output` shows and other stacks can read",
    main: "",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    // Nothing can refer to an output; the target only gives messages a name.
    target: |declaration| Target::Scoped(format!("output.{}", declaration.id)),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let (preconditions, entries): (Vec<_>, Vec<_>) =
        declaration.annotation.entries.iter().cloned().partition(
            |entry| matches!(&entry.kind, EntryKind::Block(key, _) if key == "precondition"),
        );
    let settings = context.settings(&entries, KEYS, None, "`#[output]`", "output");
    let mut block = Block::new(BlockKind::Output, &[declaration.id]);
    let value = match settings.positional.first() {
        Some(expression) => context.value(expression),
        None => settings.value("value").cloned(),
    };
    match value {
        Some(value) => {
            output_type::lower(context, declaration, &settings, &value);
            block.body.set("value", value);
        }
        None if settings.positional.is_empty() && !settings.is_faulty => {
            context.errors.add(
                declaration.span(),
                format!("output `{}` has no value", declaration.name()),
                "write what it shows: `#[output(Events.url)]`",
            );
            return;
        }
        None => return,
    }
    for name in ["description", "sensitive", "ephemeral"] {
        if let Some(setting) = settings.find(name) {
            if let Some(value) = settings.value(name) {
                block
                    .body
                    .set(EntryKey::new(name, setting.origin), value.clone());
            }
        }
    }
    if let Some(expression) = settings.raw("depends_on") {
        let addresses = context.addresses(expression);
        block.body.set("depends_on", addresses);
    }
    for entry in &preconditions {
        if let EntryKind::Block(key, entries) = &entry.kind {
            let origin = context.origin(key.span());
            let condition = context.condition("precondition", entries, entry.span, "`#[output]`");
            block
                .body
                .push_block(EntryKey::new("precondition", origin), condition);
        }
    }
    if !declaration.item.docs.is_empty() {
        block
            .body
            .set_default("description", declaration.item.docs.as_str());
    }
    context.push(block);
}
