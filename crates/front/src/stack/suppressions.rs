//! `#[webhook_infra::expect(rule, reason = "…")]` and `#[webhook_infra::allow(…)]`.

use proc_macro2::TokenTree;
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{OwnerId, Severity, Suppression, SuppressionKind, check};

use crate::context::Context;
use crate::errors::Error;
use crate::lower::listed;
use crate::syntax::Annotation;

pub(super) fn is_suppression(annotation: &Annotation) -> bool {
    annotation.name == "expect" || annotation.name == "allow"
}

pub(super) fn suppressions(
    context: &mut Context<'_>,
    annotations: &[Annotation],
    owner: Option<OwnerId>,
) {
    for annotation in annotations
        .iter()
        .filter(|annotation| is_suppression(annotation))
    {
        match suppression(context, annotation, owner) {
            Ok(found) => context.document.suppressions.extend(found),
            Err(error) => context.errors.push(error),
        }
    }
}

/// `rule, …, reason = "…"`.
///
/// Rust's own `#[expect(webhook_infra::rule)]` cannot be used: rustc looks at lint attributes before it
/// expands macros, and refuses the names of tools that it does not know (E0710).
fn suppression(
    context: &mut Context<'_>,
    annotation: &Annotation,
    owner: Option<OwnerId>,
) -> Result<Vec<Suppression>, Error> {
    let word = annotation.name.to_string();
    let example = format!("write `#[webhook_infra::{word}(sqs_missing_dlq, reason = \"…\")]`");
    let mut rules = Vec::new();
    let mut reason = None;
    let tokens = annotation.tokens.clone().into_iter().collect::<Vec<_>>();
    for part in
        tokens.split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
    {
        match part {
            [] => {}
            [
                TokenTree::Ident(key),
                TokenTree::Punct(_),
                TokenTree::Literal(text),
            ] if key == "reason" => {
                reason = syn::parse_str::<syn::LitStr>(&text.to_string())
                    .ok()
                    .map(|text| text.value());
            }
            [TokenTree::Ident(rule)] => rules.push(rule.clone()),
            [
                TokenTree::Ident(tool),
                TokenTree::Punct(_),
                TokenTree::Punct(_),
                TokenTree::Ident(rule),
            ] if tool == "webhook_infra" => {
                rules.push(rule.clone());
            }
            [first, ..] => {
                return Err(Error::new(
                    first.span(),
                    "only rules of `webhook_infra` and a reason can stand here",
                    format!("{example}; give rustc's lints an attribute of their own"),
                ));
            }
        }
    }
    if reason
        .as_ref()
        .is_none_or(|reason| reason.trim().is_empty())
    {
        return Err(Error::new(
            annotation.name.span(),
            "a rule is suppressed without a reason",
            format!(
                "say why, for whoever reads this next: `#[webhook_infra::{word}({}, reason = \"…\")]`",
                listed(
                    rules
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .iter()
                        .map(String::as_str)
                )
                .replace('`', "")
            ),
        ));
    }
    let mut found = Vec::new();
    for rule in rules {
        let text = rule.to_string();
        let Some(known) = check::all_rules().find(|known| known.name == text) else {
            let near = nearest(&text, check::all_rules().map(|rule| rule.name));
            return Err(Error::new(
                rule.span(),
                format!("there is no rule `{text}`"),
                did_you_mean(&near),
            ));
        };
        if known.severity == Severity::Reject {
            return Err(Error::new(
                rule.span(),
                format!(
                    "`{text}` cannot be suppressed: AWS or Terraform would refuse the stack all the same"
                ),
                format!("mend the stack: {}", known.summary),
            ));
        }
        let origin = context.origin(rule.span());
        found.push(Suppression {
            rule: text,
            reason: reason.clone().unwrap_or_default(),
            kind: if word == "expect" {
                SuppressionKind::Expect
            } else {
                SuppressionKind::Allow
            },
            owner,
            origin,
        });
    }
    Ok(found)
}
