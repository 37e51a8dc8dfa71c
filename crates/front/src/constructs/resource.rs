//! `#[resource(aws_…)]`: any resource of any provider, in its own words.

use webhook_infra_core::{Block, BlockKind, Object, Target};

use super::{Construct, PartName, Settings};
use crate::constructs::COMMON;
use crate::context::{Context, Declaration};
use crate::syntax::{Entry, EntryKind, ExpressionKind};

pub(super) static RESOURCE: Construct = Construct {
    name: "resource",
    summary: "Any resource of the provider, with the arguments of its schema: `#[resource(aws_sns_topic_subscription, topic_arn = Alerts.arn, …)]`",
    main: "",
    keys: &[],
    fields: &[],
    parts: NO_PARTS,
    aliases: &[],
    marker: "",
    target: |declaration| {
        Target::Resource(
            type_name(declaration).unwrap_or_default(),
            declaration.id.to_owned(),
        )
    },
    lower,
};

const NO_PARTS: &[PartName] = &[];

/// The type: the first entry.
pub(super) fn type_name(declaration: &Declaration<'_>) -> Option<String> {
    match &declaration.annotation.entries.first()?.kind {
        EntryKind::Flag(name) => Some(name.to_string()),
        EntryKind::Positional(expression) => match &expression.kind {
            ExpressionKind::Name(name) => Some(name.to_string()),
            ExpressionKind::String(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    lower_as(context, declaration, BlockKind::Resource);
}

/// Lowers a resource or a data source.
pub(super) fn lower_as<'s>(
    context: &mut Context<'s>,
    declaration: &Declaration<'s>,
    kind: BlockKind,
) {
    let entries = &declaration.annotation.entries;
    let Some(type_name) = type_name(declaration) else {
        let name = declaration.construct.name;
        context.errors.add(
            declaration.span(),
            format!("`#[{name}]` does not say of what type"),
            format!("write the type first: `#[{name}(aws_…, argument = value)]`"),
        );
        return;
    };
    let schemas = &context.document.schemas;
    let schema = match kind {
        BlockKind::Data => schemas.data_source(&type_name),
        BlockKind::Ephemeral => schemas.ephemeral_resource(&type_name),
        _ => schemas.resource(&type_name),
    };
    let mut block = Block::new(kind, &[&type_name, declaration.id]);
    if let Some(first) = entries.first() {
        // The type is what an author would change, so it stands for the declaration too.
        block.origin = context.origin(first.span);
        if let Some(owner) = context.owner {
            context.document.owners[owner.0 as usize].origin = block.origin;
        }
    }
    let arguments: &[Entry] = entries.get(1..).unwrap_or_default();
    block.body = if schema.is_some() {
        let shown = format!("`{type_name}`");
        let module = declaration.construct.name;
        context
            .settings(arguments, &[], schema, &shown, module)
            .arguments()
    } else {
        // Of an unknown type there is nothing to check here; an unknown type of AWS's the schema reports.
        unchecked(context, arguments, &type_name)
    };
    let is_described = schema.is_some_and(|schema| {
        schema
            .attribute("description")
            .is_some_and(|attribute| attribute.is_settable())
    });
    if !declaration.item.docs.is_empty() && !is_described {
        Context::comment(&mut block.body, &declaration.item.docs);
    } else if !declaration.item.docs.is_empty() {
        block
            .body
            .set_default("description", declaration.item.docs.as_str());
    }
    context.push(block);
}

/// The arguments of a type of which nothing is known, besides those that are Terraform's own.
fn unchecked(context: &mut Context<'_>, entries: &[Entry], type_name: &str) -> Object {
    let is_common = |entry: &&Entry| {
        let key = entry.key().map(ToString::to_string).unwrap_or_default();
        COMMON.iter().any(|common| common.name == key)
    };
    let (common, others): (Vec<_>, Vec<_>) = entries.iter().partition(is_common);
    let mut settings = Settings::default();
    for entry in common {
        context.common(entry, true, &mut settings);
    }
    let others = others.into_iter().cloned().collect::<Vec<_>>();
    let mut body = context.free_object(&others, &format!("`{type_name}`"));
    for (key, value) in settings.extra.iter() {
        body.set(key.clone(), value.clone());
    }
    body
}
