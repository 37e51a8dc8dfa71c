//! Secondary indexes of a table.

use webhook_infra_core::{Object, ValueKind};

use super::Settings;
use super::dynamodb::Table;
use crate::context::Context;
use crate::syntax::{Expression, ExpressionKind};

/// The block of an index; `None` when it has a mistake, which is reported.
pub(super) fn secondary_index(
    context: &mut Context<'_>,
    block: &Settings,
    span: proc_macro2::Span,
    kind: &str,
    table: &mut Table,
) -> Option<Object> {
    let mut index = Object::new();
    let example = if kind == "global_index" {
        "write `global_index(name = \"by_status\", hash_key = status)`"
    } else {
        "write `local_index(name = \"by_status\", range_key = status)`"
    };
    match block.value("name") {
        Some(name) => {
            index.set("name", name.clone());
        }
        None if block.is_faulty => return None,
        None => {
            context
                .errors
                .add(span, format!("`{kind}(…)` has no name"), example);
            return None;
        }
    }
    for key in ["hash_key", "range_key"] {
        let Some(Expression {
            kind: expression,
            span,
        }) = block.raw(key)
        else {
            continue;
        };
        let field = match expression {
            ExpressionKind::Name(name) => name.to_string(),
            ExpressionKind::String(text) => text.clone(),
            _ => {
                context
                    .errors
                    .add(*span, format!("`{key}` takes the name of a field"), example);
                continue;
            }
        };
        if let Some(name) = table.use_key(context, &field, *span) {
            let origin = context.origin(*span);
            index.set(key, ValueKind::String(name).at(origin));
        }
    }
    let required = if kind == "global_index" {
        "hash_key"
    } else {
        "range_key"
    };
    if block.raw(required).is_none() && block.is_faulty {
        return None;
    }
    if block.raw(required).is_none() {
        context
            .errors
            .add(span, format!("`{kind}(…)` has no `{required}`"), example);
        return None;
    }
    let is_include = block.text("projection") == Some("INCLUDE");
    match block.find("include") {
        None if is_include => context.errors.add(
            span,
            "`projection = \"include\"` does not say which attributes",
            "add `include = [\"name\"]`, or write `projection = \"all\"`",
        ),
        Some(setting) if !is_include => context.errors.add(
            setting.span,
            "`include` is for `projection = \"include\"`",
            "write `projection = \"include\"` beside it, or remove it",
        ),
        _ => {}
    }
    index.set("projection_type", block.value_or("projection", "ALL"));
    for (key, argument) in [
        ("include", "non_key_attributes"),
        ("read_capacity", "read_capacity"),
        ("write_capacity", "write_capacity"),
    ] {
        if let Some(value) = block.value(key) {
            index.set(argument, value.clone());
        }
    }
    Some(index)
}
