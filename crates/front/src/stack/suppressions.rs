//! `#[webhook_infra::expect(rule, reason = "…")]` and `#[webhook_infra::allow(…)]`.

use proc_macro2::{Ident, TokenTree};
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{OwnerId, Severity, Suppression, SuppressionKind, check};

use crate::component;
use crate::context::Context;
use crate::errors::Error;
use crate::syntax::Annotation;

pub(super) fn is_suppression(annotation: &Annotation) -> bool {
    annotation.name == "expect" || annotation.name == "allow"
}

pub(super) fn suppressions(
    context: &mut Context<'_>,
    annotations: &[Annotation],
    owner: Option<OwnerId>,
) {
    // The use of a component that the next ones stand beside.
    let mut shared = None;
    for annotation in annotations {
        if annotation.name == component::MARKER {
            shared = component::use_of(std::slice::from_ref(annotation));
        }
        if !is_suppression(annotation) {
            continue;
        }
        let (rules, reason) = match parts(annotation) {
            Ok(parts) => parts,
            Err(error) => {
                context.errors.push(error);
                continue;
            }
        };
        if let (Some(owner), Some(shared)) = (owner, &shared) {
            if join(context, owner, &shared.name, &rules, reason.as_deref()) {
                continue;
            }
        }
        check_reason(context, annotation, &rules, reason.as_deref());
        for rule in rules {
            let kind = match annotation.name.to_string().as_str() {
                "expect" => SuppressionKind::Expect,
                _ => SuppressionKind::Allow,
            };
            // Whatever is wrong with the suppression, what it is about is not reported besides.
            let rule_name = known_rule(context, &rule);
            let origin = context.origin(rule.span());
            context.document.suppressions.push(Suppression {
                rule: rule_name,
                reason: reason.clone().unwrap_or_default(),
                kind,
                owners: owner.into_iter().collect(),
                within: Vec::new(),
                origin,
            });
            if let Some(shared) = &shared {
                let place = context.document.suppressions.len() - 1;
                let key = (shared.name.clone(), rule.to_string());
                context.shared_suppressions.insert(key, place);
            }
        }
    }
}

/// What stands beside the use of a component is written once: it covers all that the component declares.
/// Whether it is there already.
fn join(
    context: &mut Context<'_>,
    owner: OwnerId,
    shared: &str,
    rules: &[Ident],
    reason: Option<&str>,
) -> bool {
    let places = rules
        .iter()
        .filter_map(|rule| {
            let key = (shared.to_owned(), rule.to_string());
            let place = *context.shared_suppressions.get(&key)?;
            let known = &context.document.suppressions[place];
            (known.reason == reason.unwrap_or_default()).then_some(place)
        })
        .collect::<Vec<_>>();
    if places.is_empty() || places.len() < rules.len() {
        return false;
    }
    for place in places {
        context.document.suppressions[place].owners.push(owner);
    }
    true
}

/// `rule, …, reason = "…"`.
///
/// Rust's own `#[expect(webhook_infra::rule)]` cannot be used: rustc looks at lint attributes before it
/// expands macros, and refuses the names of tools that it does not know (E0710).
fn parts(annotation: &Annotation) -> Result<(Vec<Ident>, Option<String>), Error> {
    let word = &annotation.name;
    let mut rules = Vec::new();
    let mut reason = None;
    let tokens = annotation.tokens.clone().into_iter().collect::<Vec<_>>();
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    for part in tokens.split(is_comma) {
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
                    format!(
                        "write `#[webhook_infra::{word}(sqs_missing_dlq, reason = \"…\")]`; give rustc's lints an attribute of their own"
                    ),
                ));
            }
        }
    }
    Ok((rules, reason))
}

fn check_reason(
    context: &mut Context<'_>,
    annotation: &Annotation,
    rules: &[Ident],
    reason: Option<&str>,
) {
    let word = &annotation.name;
    let names = rules
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    if rules.is_empty() {
        context.errors.add(
            word.span(),
            "no rule is named",
            format!("write `#[webhook_infra::{word}(sqs_missing_dlq, reason = \"…\")]`"),
        );
    } else if reason.is_none_or(|reason| reason.trim().is_empty()) {
        context.errors.add(
            word.span(),
            "a rule is suppressed without a reason",
            format!("say why, for whoever reads this next: `#[webhook_infra::{word}({names}, reason = \"…\")]`"),
        );
    }
}

/// The rule's name; the nearest one when there is none of this name, which is reported.
fn known_rule(context: &mut Context<'_>, rule: &Ident) -> String {
    let text = rule.to_string();
    let Some(known) = check::all_rules().find(|known| known.name == text) else {
        let near = nearest(&text, check::all_rules().map(|rule| rule.name));
        let help = match near.as_slice() {
            [] => "the rules are listed in docs/rules".to_owned(),
            near => did_you_mean(near),
        };
        context
            .errors
            .add(rule.span(), format!("there is no rule `{text}`"), help);
        return near.first().map_or(text, |near| (*near).to_owned());
    };
    if known.severity == Severity::Reject {
        context.errors.add(
            rule.span(),
            format!("`{text}` cannot be suppressed: AWS or Terraform would refuse the stack all the same"),
            format!("mend the stack: {}", known.summary),
        );
    }
    text
}
