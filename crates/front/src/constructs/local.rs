//! `#[local]`: a value with a name.

use webhook_infra_core::{Block, BlockKind, Target};

use super::Construct;
use crate::context::{Context, Declaration};
use crate::syntax::{EntryKind, Expression, ExpressionKind};

pub(super) static LOCAL: Construct = Construct {
    name: "local",
    summary: "A value with a name: `#[local(\"${var.stage}-orders\")] pub struct Prefix;`, which is `Prefix` or `local.prefix` elsewhere",
    main: "",
    keys: &[],
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    target: |declaration| Target::Local(declaration.id.to_owned()),
    lower,
};

/// The one value of the attribute, which is no key, flag or block whatever it looks like.
pub(crate) fn expression(declaration: &Declaration<'_>) -> Option<Expression> {
    let mut values = declaration
        .annotation
        .entries
        .iter()
        .filter(|entry| entry.key().is_none_or(|key| key != "id"));
    let first = values.next()?;
    if values.next().is_some() {
        return None;
    }
    match &first.kind {
        EntryKind::Positional(value) => Some(value.clone()),
        EntryKind::Flag(name) => Some(Expression {
            kind: ExpressionKind::Name(name.clone()),
            span: name.span(),
        }),
        EntryKind::Block(..) => crate::lower::call_of(first),
        EntryKind::Assign(..) | EntryKind::Broken => None,
    }
}

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    if declaration
        .annotation
        .entries
        .iter()
        .any(|entry| matches!(entry.kind, EntryKind::Broken))
    {
        return;
    }
    let Some(expression) = expression(declaration) else {
        context.errors.add(
            declaration.span(),
            format!("local `{}` takes one value", declaration.name()),
            "write it alone: `#[local(\"${var.stage}-orders\")]`, or `#[local({ \"team\" = \"payments\" })]`",
        );
        return;
    };
    if let Some(value) = context.value(&expression) {
        let mut block = Block::new(BlockKind::Locals, &[declaration.id]);
        block.body.set("value", value);
        context.push(block);
    }
}
