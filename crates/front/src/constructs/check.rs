//! `#[check]`: what has to hold of the deployed stack, looked at with every plan and apply.

use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Block, BlockKind, Key as EntryKey, Object, Target, ValueKind};

use super::{Construct, Key, Shape};
use crate::context::{Context, Declaration};
use crate::lower::listed;
use crate::syntax::{Entry, EntryKind};

const KEYS: &[Key] = &[
    Key::new(
        "assert",
        Shape::Raw,
        "`assert(condition = …, error_message = \"…\")`: what has to hold, and the warning otherwise. Required; may stand several times.",
    ),
    Key::new(
        "data",
        Shape::Raw,
        "`data(aws_lb, name = \"…\")`: a data source that only the check sees, and that may fail. The struct is its name: `Reachable.dns_name`.",
    ),
    Key::new(
        "id",
        Shape::Raw,
        "The name in Terraform's address. Default: the struct's name in snake case.",
    ),
];

pub(super) static CHECK: Construct = Construct {
    name: "check",
    summary: "What has to hold of the deployed stack; when it does not, plan and apply warn (Terraform 1.5)",
    main: "",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    target: |declaration| match data_type(declaration) {
        Some(type_name) => Target::Data(type_name, declaration.id.to_owned()),
        // Nothing can refer to it; the target only gives messages a name.
        None => Target::Scoped(format!("check.{}", declaration.id)),
    },
    lower,
};

/// The type of the data source that the check has for itself.
fn data_type(declaration: &Declaration<'_>) -> Option<String> {
    let entries = declaration
        .annotation
        .entries
        .iter()
        .find_map(|entry| match &entry.kind {
            EntryKind::Block(key, entries) if key == "data" => Some(entries),
            _ => None,
        })?;
    match &entries.first()?.kind {
        EntryKind::Flag(name) => Some(name.to_string()),
        _ => None,
    }
}

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let mut block = Block::new(BlockKind::Check, &[declaration.id]);
    Context::comment(&mut block.body, &declaration.item.docs);
    let mut is_faulty = false;
    for entry in &declaration.annotation.entries {
        let origin = context.origin(entry.span);
        match &entry.kind {
            EntryKind::Assign(key, _) if key == "id" => {}
            EntryKind::Block(key, entries) if key == "assert" => {
                let condition = context.condition("assert", entries, entry.span, "`#[check]`");
                block
                    .body
                    .push_block(EntryKey::new("assert", origin), condition);
            }
            EntryKind::Block(key, entries) if key == "data" => {
                if block.body.get("data").is_some() {
                    context.errors.add(
                        entry.span,
                        "a check has one data source of its own",
                        "declare the other one with `#[data]`",
                    );
                    continue;
                }
                match scoped_data(context, declaration, entry, entries) {
                    Some(data) => {
                        block.body.set(EntryKey::new("data", origin), data);
                    }
                    None => is_faulty = true,
                }
            }
            EntryKind::Broken => is_faulty = true,
            // It belongs to the condition beside it, which is told about both.
            EntryKind::Assign(key, _) if is_faulty && key == "error_message" => {}
            _ => {
                is_faulty = true;
                let name = entry.key().map(ToString::to_string).unwrap_or_default();
                let help = match name.as_str() {
                    "data" => "write `data(aws_lb, name = \"…\")`".to_owned(),
                    "assert" | "" => {
                        "write `assert(condition = …, error_message = \"…\")`".to_owned()
                    }
                    "condition" | "error_message" => {
                        "write both in `assert(condition = …, error_message = \"…\")`".to_owned()
                    }
                    _ => match nearest(&name, KEYS.iter().map(|key| key.name)).as_slice() {
                        [] => format!("its keys are {}", listed(KEYS.iter().map(|key| key.name))),
                        near => did_you_mean(near),
                    },
                };
                let message = if KEYS.iter().any(|key| key.name == name) || name.is_empty() {
                    "`#[check]` is not written like this".to_owned()
                } else {
                    format!("`#[check]` has no key `{name}`")
                };
                context.errors.add(entry.span, message, help);
            }
        }
    }
    if block.body.get("assert").is_none() {
        if !is_faulty {
            context.errors.add(
                declaration.span(),
                format!("check `{}` asserts nothing", declaration.name()),
                "add `assert(condition = …, error_message = \"…\")`",
            );
        }
        return;
    }
    context.push(block);
}

/// `{ aws_lb = { reachable = { … } } }`.
fn scoped_data(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    entry: &Entry,
    entries: &[Entry],
) -> Option<Object> {
    let Some(type_name) = data_type(declaration) else {
        context.errors.add(
            entry.span,
            "`data(…)` does not say of what type",
            "write the type first: `data(aws_lb, name = \"…\")`",
        );
        return None;
    };
    let arguments = entries.get(1..).unwrap_or_default();
    let body = match context.document.schemas.data_source(&type_name) {
        Some(schema) => context
            .settings(
                arguments,
                &[],
                Some(schema),
                &format!("`{type_name}`"),
                "data",
            )
            .arguments(),
        None => context.free_object(arguments, &type_name),
    };
    let origin = context.origin(entries.first().map_or(entry.span, |first| first.span));
    let body = ValueKind::Object(body).at(origin);
    let named = Object::new().with(EntryKey::new(declaration.id, origin), body);
    Some(Object::new().with(EntryKey::new(type_name, origin), named))
}
