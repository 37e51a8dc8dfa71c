//! `url(…)` of a function: an HTTPS address of its own.

use webhook_infra_core::{Block, Key as EntryKey, Object};

use super::{Key, Settings, Shape, cors, lambda_alias};
use crate::context::{Context, Declaration, attribute, unknown};
use crate::names;

pub(super) const URL: &[Key] = &[
    Key::new(
        "auth",
        Shape::OneOf(&[("aws_iam", "AWS_IAM"), ("none", "NONE")]),
        "Who may call: `\"aws_iam\"` for callers with AWS credentials, `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`, `\"none\"` for everybody.",
    ),
    Key::new(
        "cors",
        Shape::Block(cors::KEYS),
        "What browsers may do on pages from elsewhere. Nothing when absent.",
    ),
];

pub(super) fn lower(context: &mut Context<'_>, declaration: &Declaration<'_>, settings: &Settings) {
    let Some((setting, block)) = settings.find("url").zip(settings.block("url")) else {
        return;
    };
    let id = declaration.id;
    let function_name = attribute(&declaration.target(), "function_name");
    let alias = lambda_alias::invoked(declaration).alias_name();
    let mut body = block.arguments();
    body.set_default("function_name", function_name.clone());
    if let Some(alias) = &alias {
        body.set("qualifier", alias.clone());
    }
    match (block.find("auth"), block.value("auth")) {
        (Some(auth), Some(value)) => {
            let key = EntryKey::new("authorization_type", auth.origin);
            body.set(key, value.clone());
        }
        _ if body.get("authorization_type").is_some() => {}
        _ => {
            body.set("authorization_type", unknown());
            if !block.is_faulty {
                context.errors.add(
                    setting.span,
                    format!(
                        "the URL of function `{}` does not say who may call it",
                        declaration.name()
                    ),
                    "write `url(auth = \"aws_iam\")`, or `url(auth = \"none\")` for a function that checks callers itself",
                );
            }
        }
    }
    if let Some((setting, cors)) = block.find("cors").zip(block.block("cors")) {
        let key = EntryKey::new("cors", setting.origin);
        body.push_block(key, cors::lower(cors));
    }
    let is_public = body
        .get("authorization_type")
        .is_some_and(|auth| auth.as_str() == Some("NONE"));
    let mut url = Block::resource("aws_lambda_function_url", id);
    url.origin = setting.origin;
    url.body = body;
    context.push(url);
    if !is_public {
        return;
    }
    // Source: AWS Lambda Developer Guide, "Control access to Lambda function URLs": everybody needs both
    // actions, the second one through the URL only.
    for (name, action, condition) in [
        ("public_url", "lambda:InvokeFunctionUrl", None),
        ("public_invoke", "lambda:InvokeFunction", Some(true)),
    ] {
        let id = format!("{id}_{name}");
        let mut body = Object::new()
            .with("statement_id", format!("Allow{}", names::pascal(&id)))
            .with("action", action)
            .with("function_name", function_name.clone());
        if let Some(alias) = &alias {
            body.set("qualifier", alias.clone());
        }
        body.set("principal", "*");
        match condition {
            None => body.set("function_url_auth_type", "NONE"),
            Some(flag) => body.set("invoked_via_function_url", flag),
        };
        let mut block = Block::resource("aws_lambda_permission", &id);
        block.origin = setting.origin;
        block.body = body;
        context.push(block);
    }
}
