//! The names of the module: which struct declares what, and under which address.

use std::collections::HashMap;

use proc_macro2::Span;

use super::judgement::place;
use super::suppressions::is_suppression;
use crate::constructs::{self, addition};
use crate::context::{Declaration, Scope};
use crate::errors::Errors;
use crate::names;
use crate::syntax::{Annotation, EntryKind, ExpressionKind, StructItem};

/// Terraform's name of each struct: its own in snake case, or `id = "…"`.
pub(super) fn ids(structs: &[&StructItem], errors: &mut Errors) -> Vec<String> {
    structs
        .iter()
        .map(|item| {
            // A data source may have an argument called `id`, and what is imported has one.
            let named = item.annotations.iter().filter(|annotation| {
                annotation.name != "data" && addition::find(&annotation.name.to_string()).is_none()
            });
            let explicit = named.flat_map(|annotation| &annotation.entries).find_map(|entry| match &entry.kind {
                EntryKind::Assign(key, value) if key == "id" => Some(value),
                _ => None,
            });
            let Some(value) = explicit else {
                return names::snake(&item.syntax.ident.to_string());
            };
            match &value.kind {
                ExpressionKind::String(id) if is_terraform_name(id) => id.clone(),
                _ => {
                    errors.add(value.span, "an `id` is a name: letters, digits, `_` and `-`, not starting with a digit", "write `id = \"my_name\"`");
                    names::snake(&item.syntax.ident.to_string())
                }
            }
        })
        .collect()
}

fn is_terraform_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

pub(super) fn scope<'s>(
    structs: &[&'s StructItem],
    ids: &'s [String],
    errors: &mut Errors,
) -> Scope<'s> {
    let mut scope = Scope::default();
    let mut places: HashMap<String, Span> = HashMap::new();
    for (item, id) in structs.iter().zip(ids) {
        let ident = &item.syntax.ident;
        let name = ident.to_string();
        if name == "Stack" {
            errors.add(
                ident.span(),
                "`Stack` is the name of what `#[stack]` makes",
                "choose another name",
            );
        }
        let mut found = item.annotations.iter().filter_map(|annotation| {
            Some((annotation, constructs::find(&annotation.name.to_string())?))
        });
        let Some((annotation, construct)) = found.next() else {
            lonely_addition(item, errors);
            scope.types.insert(name, item);
            continue;
        };
        if let Some((second, _)) = found.next() {
            errors.add(
                second.name.span(),
                format!(
                    "`{name}` is a `#[{}]` already and cannot be a `#[{}]` too",
                    annotation.name, second.name
                ),
                "give each a struct of its own",
            );
        }
        if let Some(first) = places.insert(name.clone(), ident.span()) {
            errors.add(
                ident.span(),
                format!("`{name}` is declared twice"),
                format!("rename one; the first is at {}", place(first)),
            );
            continue;
        }
        // A table's struct is its item, and carries data as well.
        scope.types.insert(name.clone(), item);
        if let Some(queue) = redrive_target(annotation).filter(|queue| *queue != name) {
            scope.redrives.entry(queue).or_default().push(name.clone());
        }
        scope.declarations.insert(
            name,
            Declaration {
                construct,
                item,
                annotation,
                id,
            },
        );
    }
    let names = structs.iter().map(|item| item.syntax.ident.to_string());
    constructs::policy_statements::collect(&mut scope, names);
    for item in structs {
        for (annotations, owner) in item.fields.iter().map(|field| (field, item)) {
            for annotation in annotations {
                let belongs = scope
                    .declarations
                    .get(&owner.syntax.ident.to_string())
                    .is_some_and(|declaration| {
                        declaration
                            .construct
                            .fields
                            .iter()
                            .any(|field| annotation.name == field.name)
                    });
                if is_suppression(annotation) {
                    errors.add(
                        annotation.name.span(),
                        "rules are suppressed on a struct or on the module",
                        format!("put the attribute on `{}`", owner.syntax.ident),
                    );
                    continue;
                }
                let takes_keys = constructs::CONSTRUCTS
                    .iter()
                    .flat_map(|construct| construct.fields)
                    .any(|field| annotation.name == field.name && !field.keys.is_empty());
                if belongs && !takes_keys {
                    if let Some(entry) = annotation.entries.first() {
                        errors.add(
                            entry.span,
                            format!("`#[{}]` takes nothing", annotation.name),
                            format!("write `#[{}]`", annotation.name),
                        );
                    }
                }
                if !belongs {
                    let name = &annotation.name;
                    let homes = constructs::CONSTRUCTS
                        .iter()
                        .filter(|construct| {
                            construct.fields.iter().any(|field| *name == field.name)
                        })
                        .map(|construct| format!("`#[{}]`", construct.name))
                        .collect::<Vec<_>>()
                        .join(" or ");
                    errors.add(
                        name.span(),
                        format!(
                            "`#[{name}]` means nothing on a field of `{}`",
                            owner.syntax.ident
                        ),
                        format!("it belongs on the fields of a {homes}"),
                    );
                }
            }
        }
    }
    scope
}

/// `#[moved]` and `#[import]` say something about a declaration, which has to be there.
fn lonely_addition(item: &StructItem, errors: &mut Errors) {
    let lonely = item
        .annotations
        .iter()
        .find(|annotation| addition::find(&annotation.name.to_string()).is_some());
    if let Some(annotation) = lonely {
        errors.add(
            annotation.name.span(),
            format!(
                "`{}` declares no resource, so `#[{}]` has nothing to say about it",
                item.syntax.ident, annotation.name
            ),
            "put it beside the attribute of a construct, such as `#[sqs]`",
        );
    }
}

/// The queue in `dlq(to = Failed)`.
fn redrive_target(annotation: &Annotation) -> Option<String> {
    let dlq = annotation
        .entries
        .iter()
        .find_map(|entry| match &entry.kind {
            EntryKind::Block(key, entries) if key == "dlq" => Some(entries),
            _ => None,
        })?;
    dlq.iter().find_map(|entry| match &entry.kind {
        EntryKind::Assign(key, value) if key == "to" => match &value.kind {
            ExpressionKind::Name(name) => Some(name.to_string()),
            _ => None,
        },
        _ => None,
    })
}
