//! `#[secret]`: a secret of Secrets Manager, and the function that rotates it. Its value is never here.

use webhook_infra_core::{Address, Object, Target, Value, ValueKind};

use super::{Construct, Key, Settings, Shape, encryption};
use crate::context::{Context, Declaration, attribute};
use crate::names;

const KEYS: &[Key] = &[
    Key::sets(
        "name",
        "name",
        Shape::Text,
        "The secret's name in AWS. At most 512 letters, digits and `/_+=.@-`. Default: the stack's name, a slash and the struct's.",
    ),
    Key::sets(
        "description",
        "description",
        Shape::Text,
        "What it is for. Default: the struct's documentation.",
    ),
    Key::sets(
        "recovery_window_in_days",
        "recovery",
        Shape::Days,
        "How long a deleted secret can be had back. 7 to 30 days. Default: 30 days.",
    ),
    Key::new(
        "key",
        Shape::Raw,
        "The `#[kms_key]` struct, or the ARN of a key, to encrypt with, in place of the AWS managed key. Needed for another account to read the secret.",
    ),
    Key::new(
        "value",
        Shape::Value,
        "Where the value comes from: a variable, best an `ephemeral` one. It is handed on without being kept in Terraform's state (`secret_string_wo`, Terraform 1.11); a map becomes JSON. Without it, the value is put in by hand or by rotation.",
    ),
    Key::new(
        "value_version",
        Shape::Number,
        "Raise it to have a new `value` handed on, which Terraform cannot see by itself. Default: 1.",
    ),
    Key::new(
        "rotation",
        Shape::Resource(ROTATION, "aws_secretsmanager_secret_rotation"),
        "The function that gives the secret another value, and how often: `rotation(function = Rotator, every = \"30d\")`.",
    ),
];

const ROTATION: &[Key] = &[
    Key::new(
        "function",
        Shape::Raw,
        "The `#[lambda]` struct of the function. Its field `RotateSecret<…>` gives it what it needs.",
    ),
    Key::new("every", Shape::Days, "How often. 1 to 1,000 days."),
    Key::new(
        "schedule",
        Shape::Text,
        "When, in place of `every`: `\"rate(10 days)\"` or `\"cron(0 8 1 * ? *)\"`, in UTC.",
    ),
    Key::new(
        "window",
        Shape::Text,
        "How long after that a rotation may start, such as `\"3h\"`. Default: until the day is over.",
    ),
    Key::sets(
        "rotate_immediately",
        "immediately",
        Shape::Flag,
        "Whether the secret is rotated as soon as rotation is set up. On when absent.",
    ),
];

pub(super) static SECRET: Construct = Construct {
    name: "secret",
    summary: "A secret of Secrets Manager, whose value comes from elsewhere, with the function that rotates it",
    main: "aws_secretsmanager_secret",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[("secret_arn", "arn")],
    marker: "Secret",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let id = declaration.id;
    let secret = declaration.target();
    let mut body = settings.arguments();
    if body.get("name_prefix").is_none() {
        body.set_default("name", context.path_name("", declaration));
    }
    if !declaration.item.docs.is_empty() {
        body.set_default(
            "description",
            crate::context::one_line(&declaration.item.docs),
        );
    }
    body.set_default("recovery_window_in_days", 30_u64);
    encryption::set(context, &settings, declaration, &mut body, "kms_key_id");
    context.resource("aws_secretsmanager_secret", id, body);
    value(context, declaration, &settings);
    let rotation = settings
        .blocks("rotation")
        .next()
        .map(|(setting, block)| (setting.span, setting.origin, block.clone()));
    if let Some((span, origin, block)) = rotation {
        if let Some(body) = rotation_of(context, declaration, &block, span, &secret) {
            let mut resource =
                webhook_infra_core::Block::resource("aws_secretsmanager_secret_rotation", id);
            resource.origin = origin;
            resource.body = body;
            context.push(resource);
        }
    }
}

/// Hands the value on. Terraform keeps none of it, so it has to be told when there is another.
fn value(context: &mut Context<'_>, declaration: &Declaration<'_>, settings: &Settings) {
    let Some(setting) = settings.find("value") else {
        if let Some(setting) = settings.find("value_version") {
            context.errors.add(
                setting.span,
                format!(
                    "secret `{}` has a `value_version`, but no `value`",
                    declaration.name()
                ),
                "write `value = var.…`, or leave `value_version` out",
            );
        }
        return;
    };
    let Some(value) = settings.value("value").cloned() else {
        return;
    };
    let origin = setting.origin;
    let value = match value.kind {
        ValueKind::Object(_) => ValueKind::json(value).at(origin),
        _ => value,
    };
    let body = Object::new()
        .with("secret_id", attribute(&declaration.target(), "id"))
        .with(
            webhook_infra_core::Key::new("secret_string_wo", origin),
            value,
        )
        .with(
            "secret_string_wo_version",
            settings.value_or("value_version", 1_u64),
        );
    context.resource("aws_secretsmanager_secret_version", declaration.id, body);
}

fn rotation_of(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    span: proc_macro2::Span,
    secret: &Target,
) -> Option<Object> {
    let mut body = settings.arguments();
    body.set("secret_id", attribute(secret, "id"));
    let mut waits = Vec::new();
    match settings.raw("function").cloned() {
        Some(expression) => {
            let (function, id, has_role) = context
                .expect_declared(&expression, &["lambda"], "what rotates a secret")
                .map(|function| {
                    let names_role =
                        |entry: &crate::syntax::Entry| entry.key().is_some_and(|key| key == "role");
                    let has_role = function.annotation.entries.iter().any(names_role);
                    (function.target(), function.id.to_owned(), has_role)
                })?;
            let mut arn = attribute(&function, "arn");
            arn.origin = context.origin(expression.span);
            body.set("rotation_lambda_arn", arn);
            // Secrets Manager tries the function out at once.
            waits.push(permission(context, declaration, &function, secret));
            if !has_role {
                waits.push(Address::new(format!("aws_iam_role_policy.{id}")));
            }
        }
        None if body.get("rotation_lambda_arn").is_some()
            || body.get("external_secret_rotation_role_arn").is_some() => {}
        None if settings.is_faulty => return None,
        None => {
            context.errors.add(
                span,
                format!(
                    "`rotation(…)` of secret `{}` does not say by which function",
                    declaration.name()
                ),
                "write `rotation(function = Rotator, every = \"30d\")`, with the name of a struct with `#[lambda]`",
            );
            return None;
        }
    }
    rules(context, declaration, settings, span, &mut body);
    if !waits.is_empty() {
        let waits = waits.into_iter().map(Value::from).collect::<Vec<_>>();
        body.set_default("depends_on", waits);
    }
    Some(body)
}

/// How often, in one of two ways.
fn rules(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    span: proc_macro2::Span,
    body: &mut Object,
) {
    if body.get("rotation_rules").is_some() {
        return;
    }
    let mut rules = Object::new();
    for (name, argument) in [
        ("every", "automatically_after_days"),
        ("schedule", "schedule_expression"),
        ("window", "duration"),
    ] {
        if let Some((setting, value)) = settings.find(name).zip(settings.value(name)) {
            let key = webhook_infra_core::Key::new(argument, setting.origin);
            rules.set(key, value.clone());
        }
    }
    let (every, schedule) = (settings.find("every"), settings.find("schedule"));
    if let (Some(_), Some(setting)) = (every, schedule) {
        context.errors.add(
            setting.span,
            format!(
                "`rotation(…)` of secret `{}` says twice how often",
                declaration.name()
            ),
            "write `every` or `schedule`, and remove the other",
        );
    }
    if every.is_none() && schedule.is_none() && !settings.is_faulty {
        context.errors.add(
            span,
            format!(
                "`rotation(…)` of secret `{}` does not say how often",
                declaration.name()
            ),
            "write `every = \"30d\"`, or `schedule = \"cron(0 8 1 * ? *)\"`",
        );
    }
    body.push_block("rotation_rules", rules.into());
}

/// Secrets Manager may call the function, for this secret only.
fn permission(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    function: &Target,
    secret: &Target,
) -> Address {
    let account = context.account_id();
    let id = format!("{}_rotation", declaration.id);
    let target = context.resource(
        "aws_lambda_permission",
        &id,
        Object::new()
            .with(
                "statement_id",
                format!("AllowSecretsManager{}", names::pascal(declaration.id)),
            )
            .with("action", "lambda:InvokeFunction")
            .with("function_name", attribute(function, "function_name"))
            .with("principal", "secretsmanager.amazonaws.com")
            .with("source_arn", attribute(secret, "arn"))
            .with("source_account", account),
    );
    Address::from(&target)
}
