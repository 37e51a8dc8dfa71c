//! `#[output]`: a result of the stack.

use webhook_infra_core::{Block, BlockKind, Target};

use super::{Construct, Key, Shape, output_type};
use crate::context::{Context, Declaration};

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
        Shape::Flag,
        "Terraform does not show the value.",
    ),
    Key::new(
        "ephemeral",
        Shape::Flag,
        "The value is not kept in plan or state (Terraform 1.10).",
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
    let settings = context.declared(declaration);
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
        if let Some(value) = settings.value(name) {
            block.body.set(name, value.clone());
        }
    }
    if !declaration.item.docs.is_empty() {
        block
            .body
            .set_default("description", declaration.item.docs.as_str());
    }
    context.push(block);
}
