//! `#[parameter]`: a parameter of Parameter Store.

use webhook_infra_core::{Value, ValueKind};

use super::{Construct, Key, Settings, Shape, encryption};
use crate::context::{Context, Declaration};

const KEYS: &[Key] = &[
    Key::sets(
        "name",
        "name",
        Shape::Text,
        "The parameter's name in AWS: a path of letters, digits and `_.-`, of at most 15 levels. Default: `/`, the stack's name, `/` and the struct's.",
    ),
    Key::new(
        "value",
        Shape::Value,
        "The value; a list makes a `StringList`. Of a `secure` parameter it comes from a variable and is not kept in Terraform's state (`value_wo`, Terraform 1.11).",
    ),
    Key::new(
        "value_version",
        Shape::Number,
        "Raise it to have a new `value` of a `secure` parameter handed on, which Terraform cannot see by itself. Default: 1.",
    ),
    Key::new(
        "secure",
        Shape::Switch,
        "The value is a secret and is encrypted (`SecureString`).",
    ),
    Key::new(
        "key",
        Shape::Raw,
        "The `#[kms_key]` struct, or the ARN of a key, to encrypt a `secure` parameter with, in place of the AWS managed key.",
    ),
    Key::sets(
        "tier",
        "tier",
        Shape::OneOf(&[
            ("standard", "Standard"),
            ("advanced", "Advanced"),
            ("intelligent", "Intelligent-Tiering"),
        ]),
        "`\"standard\"`: free, at most 4 KB. `\"advanced\"`: at most 8 KB, and paid for. `\"intelligent\"`: advanced when it has to be.",
    ),
    Key::sets(
        "description",
        "description",
        Shape::Text,
        "What it is for. Default: the struct's documentation.",
    ),
];

pub(super) static PARAMETER: Construct = Construct {
    name: "parameter",
    summary: "A parameter of Parameter Store: a text, a list, or a secret that is not kept in Terraform's state",
    main: "aws_ssm_parameter",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "Parameter",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let mut body = settings.arguments();
    body.set_default("name", context.path_name("/", declaration));
    if !declaration.item.docs.is_empty() {
        body.set_default(
            "description",
            crate::context::one_line(&declaration.item.docs),
        );
    }
    let is_secure =
        settings.flag("secure") || body.get("type").and_then(Value::as_str) == Some("SecureString");
    only_if_secure(context, declaration, &settings, is_secure);
    encryption::set(context, &settings, declaration, &mut body, "key_id");
    if is_secure {
        body.set_default("type", "SecureString");
    }
    match settings.find("value").zip(settings.value("value").cloned()) {
        Some((setting, value)) => {
            let key = |name: &str| webhook_infra_core::Key::new(name, setting.origin);
            if is_secure {
                body.set(key("value_wo"), value);
                body.set(
                    "value_wo_version",
                    settings.value_or("value_version", 1_u64),
                );
            } else {
                let is_list = matches!(value.kind, ValueKind::List(_));
                body.set_default("type", if is_list { "StringList" } else { "String" });
                body.set(key("value"), joined(value));
            }
        }
        None if settings.is_faulty => {
            // It is there, but could not be read.
            body.set_default("type", "String");
        }
        None => {
            let has_value = ["insecure_value", "value_wo"]
                .iter()
                .any(|name| body.get(name).is_some());
            if !has_value {
                context.errors.add(
                    declaration.span(),
                    format!("parameter `{}` has no value", declaration.name()),
                    if is_secure {
                        "write `value = var.…`, with a variable that is `ephemeral`"
                    } else {
                        "write `value = \"…\"`"
                    },
                );
            }
            body.set_default("type", "String");
        }
    }
    context.resource("aws_ssm_parameter", declaration.id, body);
}

fn only_if_secure(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    is_secure: bool,
) {
    if is_secure {
        return;
    }
    let name = declaration.name();
    if let Some(setting) = settings.find("key") {
        context.errors.add(
            setting.span,
            format!("parameter `{name}` is not encrypted, so it has no use for a key"),
            "write `secure` beside it, or leave `key` out",
        );
    }
    if let Some(setting) = settings.find("value_version") {
        context.errors.add(
            setting.span,
            format!(
                "parameter `{name}` is not secure: Terraform sees by itself when its value changes"
            ),
            "leave `value_version` out, or write `secure` beside it",
        );
    }
}

/// A list as Parameter Store takes it, with commas between.
fn joined(value: Value) -> Value {
    let ValueKind::List(items) = &value.kind else {
        return value;
    };
    let origin = value.origin;
    let texts = items.iter().map(Value::as_str).collect::<Option<Vec<_>>>();
    match texts {
        Some(texts) => ValueKind::String(texts.join(",")).at(origin),
        None => ValueKind::Call {
            function: "join".to_owned(),
            arguments: vec![",".into(), value],
            spread: false,
        }
        .at(origin),
    }
}
