//! Paths of routes: `/webhook/{provider}`.

use super::Settings;
use crate::context::Context;
use crate::names;
use crate::syntax::{Annotation, ExpressionKind};

/// The name in `{name}` or `{name+}`.
pub(super) fn parameter(part: &str) -> Option<&str> {
    let name = part.strip_prefix('{')?.strip_suffix('}')?;
    Some(name.trim_end_matches('+'))
}

/// `/webhook/{provider}` as the end of a Terraform name.
pub(super) fn path_id(path: &str) -> String {
    path.split('/')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let words = part.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            let words = names::snake(words.trim_matches('_'));
            // `/orders/{id}` and `/orders/id` are two resources.
            if parameter(part).is_some() {
                format!("_by_{words}")
            } else {
                format!("_{words}")
            }
        })
        .collect()
}

pub(super) fn path_of(
    context: &mut Context<'_>,
    settings: &Settings,
    annotation: &Annotation,
) -> Option<(String, proc_macro2::Span)> {
    let name = &annotation.name;
    let example =
        format!("write the path first: `#[{name}(\"/orders/{{id}}\", auth = \"aws_iam\")]`");
    let Some(expression) = settings.positional.first() else {
        if settings.is_faulty {
            return None;
        }
        context
            .errors
            .add(name.span(), format!("`#[{name}]` has no path"), example);
        return None;
    };
    let ExpressionKind::String(path) = &expression.kind else {
        context
            .errors
            .add(expression.span, "a path is a text", example);
        return None;
    };
    let span = expression.span;
    if !path.starts_with('/') || path.len() > 1 && path.ends_with('/') || path.contains("//") {
        context.errors.add(
            span,
            format!("`{path}` is no path: a path starts with `/` and has no empty parts"),
            format!(
                "write `\"/{}\"`",
                path.split('/')
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join("/")
            ),
        );
        return None;
    }
    let parts = path
        .split('/')
        .skip(1)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>();
    for (place, part) in parts.iter().enumerate() {
        let problem = match parameter(part) {
            Some(_) if part.ends_with("+}") && place + 1 < parts.len() => Some((
                "takes the rest of a path, so it has to stand last",
                "write it last, or without the `+`".to_owned(),
            )),
            Some(name)
                if parts[..place]
                    .iter()
                    .any(|other| parameter(other) == Some(name)) =>
            {
                Some((
                    "stands twice in the path",
                    "give each parameter a name of its own".to_owned(),
                ))
            }
            None => part.strip_prefix(':').map(|name| {
                (
                    "is a fixed text to API Gateway",
                    format!("write `{{{name}}}` for a parameter"),
                )
            }),
            _ => None,
        };
        if let Some((problem, help)) = problem {
            context
                .errors
                .add(span, format!("`{part}` {problem}"), help);
            return None;
        }
    }
    for part in parts {
        let is_valid = match parameter(part) {
            Some(name) => {
                !name.is_empty()
                    && name
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
            }
            None => part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-:".contains(c)),
        };
        if !is_valid {
            context.errors.add(span, format!("`{part}` is no part of a path that API Gateway takes"), "parts are letters, digits, `.`, `_`, `-` and `:`, or one parameter in braces: `{id}`");
            return None;
        }
    }
    Some((path.clone(), span))
}
