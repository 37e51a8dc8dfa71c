//! `key = Data`: one spelling, on whatever can be encrypted, for the key to encrypt with.

use webhook_infra_core::{Reference, Step, Target, Value};

use super::Settings;
use crate::context::{Context, Declaration, unknown};
use crate::names;
use crate::syntax::{Expression, ExpressionKind};

/// What `key = …` says, as the key's ARN: a struct with `#[kms_key]`, a variable, or any other value.
/// A mistake in it is reported and passed on as a value that is not known.
pub(super) fn key(context: &mut Context<'_>, settings: &Settings, name: &str) -> Option<Value> {
    let setting = settings.find(name)?;
    let expression = settings.raw(name)?.clone();
    let origin = context.origin(expression.span);
    let mut value = match named(context, &expression) {
        Some(value) => value,
        None if is_struct(context, &expression) => {
            let role = "the key to encrypt with";
            let _ = context.expect_declared(&expression, &["kms_key"], role);
            unknown()
        }
        None => context.value(&expression).map_or_else(unknown, |value| {
            // `Data["eu"]` is one of several keys, as `Data` is one.
            let key = value.as_reference().filter(|it| it.attribute().is_none());
            key.and_then(arn).unwrap_or(value)
        }),
    };
    value.origin = origin.or(setting.origin);
    Some(value)
}

/// The ARN of the key that a struct stands for; a mistake is left for [`key`] to report.
pub(super) fn named(context: &Context<'_>, expression: &Expression) -> Option<Value> {
    let ExpressionKind::Name(name) = &expression.kind else {
        return None;
    };
    let declaration = context.scope.declarations.get(&name.to_string())?;
    match declaration.target() {
        target @ Target::Variable(_) => Some(whole(target).into()),
        target => arn(&whole(target)),
    }
}

/// The ARN of the key that a reference leads to, by its own block or by an alias, of the instance that it
/// names; `None` for what is neither.
pub(super) fn arn(reference: &Reference) -> Option<Value> {
    let (Target::Resource(type_name, _) | Target::Data(type_name, _)) = &reference.target else {
        return None;
    };
    let name = match type_name.as_str() {
        // An alias is no key, but its block knows whose it is.
        "aws_kms_alias" => "target_key_arn",
        name if name.starts_with("aws_kms_") => "arn",
        _ => return None,
    };
    let is_index = |step: &&Step| matches!(step, Step::Index(_));
    let indexes = reference.path.iter().take_while(is_index).cloned();
    let mut path = indexes.collect::<Vec<_>>();
    path.push(Step::Attribute(name.to_owned()));
    Some(
        Reference {
            target: reference.target.clone(),
            path,
        }
        .into(),
    )
}

/// Sets the argument that names the key, unless it was written in Terraform's own words.
pub(super) fn set(
    context: &mut Context<'_>,
    settings: &Settings,
    declaration: &Declaration<'_>,
    body: &mut webhook_infra_core::Object,
    argument: &str,
) {
    let Some(value) = key(context, settings, "key") else {
        return;
    };
    if body.get(argument).is_some() {
        let span = settings.find("key").map(|setting| setting.span);
        context.errors.add(
            span.unwrap_or_else(|| declaration.span()),
            format!(
                "`key` is `{argument}` of {} `{}`, which is given already",
                declaration.construct.noun(),
                declaration.name()
            ),
            "remove one of the two",
        );
        return;
    }
    body.set(argument, value);
}

fn whole(target: Target) -> Reference {
    Reference {
        target,
        path: Vec::new(),
    }
}

fn is_struct(context: &Context<'_>, expression: &Expression) -> bool {
    matches!(&expression.kind, ExpressionKind::Name(name)
        if context.scope.declarations.contains_key(&name.to_string())
            || !names::is_constant(&name.to_string()))
}
