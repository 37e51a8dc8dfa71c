//! `authorizer(…)` of an HTTP API: who checks callers before a function is invoked.

use webhook_infra_core::{Block, Key as EntryKey, Object, Part, Target, Value, ValueKind};

use super::{Key, Setting, Settings, Shape, lambda_alias};
use crate::context::{Context, Declaration, attribute, unknown};
use crate::names;

pub(super) const AUTHORIZER: &[Key] = &[
    Key::new(
        "jwt",
        Shape::Switch,
        "API Gateway itself checks a JSON Web Token: signature, issuer, audience, times and scopes.",
    ),
    Key::new(
        "lambda",
        Shape::Switch,
        "A function is asked. It answers `{\"isAuthorized\": true}` (format 2.0, simple responses).",
    ),
    Key::new(
        "name",
        Shape::Text,
        "What `auth` of a route calls it. Default: `\"jwt\"` or `\"lambda\"`; needed when there are several of a kind.",
    ),
    Key::new(
        "issuer",
        Shape::Text,
        "Who issues the tokens: the URL whose `/.well-known/openid-configuration` names the keys.",
    ),
    Key::new(
        "audience",
        Shape::Value,
        "Whom the tokens are for (`aud`, or `client_id`): one of these has to match.",
    ),
    Key::new("function", Shape::Raw, "The function that is asked."),
    Key::new(
        "ttl",
        Shape::Seconds,
        "How long an answer of the function is reused for the same `identity`. 0 s to 1 h; not at all when absent.",
    ),
    Key::new(
        "identity",
        Shape::Value,
        "Where the caller says who it is. Default: `[\"$request.header.Authorization\"]`.",
    ),
];

/// An authorizer that routes can name.
pub(super) struct Authorizer {
    /// What `auth` calls it.
    pub(super) name: String,
    /// Whether it reads tokens, which have scopes.
    pub(super) is_jwt: bool,
    pub(super) target: Target,
}

pub(super) fn lower(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
) -> Vec<Authorizer> {
    let mut authorizers: Vec<Authorizer> = Vec::new();
    for (setting, block) in settings.blocks("authorizer") {
        let is_jwt = match (block.flag("jwt"), block.flag("lambda")) {
            (true, false) => true,
            (false, true) => false,
            _ if block.is_faulty => continue,
            _ => {
                context.errors.add(
                    setting.span,
                    "`authorizer(…)` does not say of what kind",
                    "write `authorizer(jwt, issuer = \"https://…\", audience = [\"…\"])` or `authorizer(lambda, function = Checker)`",
                );
                continue;
            }
        };
        let kind = if is_jwt { "jwt" } else { "lambda" };
        let name = block.text("name").unwrap_or(kind).to_owned();
        if authorizers.iter().any(|other| other.name == name)
            || ["none", "aws_iam"].contains(&name.as_str())
        {
            context.errors.add(
                block.find("name").map_or(setting.span, |name| name.span),
                format!("`auth = \"{name}\"` would have two meanings"),
                "give each authorizer a name of its own: `authorizer(jwt, name = \"customers\", …)`",
            );
            continue;
        }
        let mut body = Object::new()
            .with("api_id", attribute(&declaration.target(), "id"))
            .with("name", name.as_str())
            .with(
                "identity_sources",
                block.value_or("identity", vec!["$request.header.Authorization".into()]),
            );
        let id = format!("{}_{}", declaration.id, names::snake(&name));
        let mut block_of = Block::resource("aws_apigatewayv2_authorizer", &id);
        block_of.origin = setting.origin;
        let target = block_of.target().unwrap_or_else(|| declaration.target());
        only_of_kind(context, block, is_jwt);
        if is_jwt {
            jwt(context, setting, block, &mut body);
        } else {
            lambda(context, declaration, (setting, block), &target, &mut body);
        }
        block_of.body = body;
        context.push(block_of);
        authorizers.push(Authorizer {
            name,
            is_jwt,
            target,
        });
    }
    authorizers
}

/// Keys of the other kind would be lost without a word.
fn only_of_kind(context: &mut Context<'_>, block: &Settings, is_jwt: bool) {
    let (kind, other, keys) = if is_jwt {
        ("jwt", "lambda", &["function", "ttl"])
    } else {
        ("lambda", "jwt", &["issuer", "audience"])
    };
    for setting in keys.iter().filter_map(|key| block.find(key)) {
        context.errors.add(
            setting.span,
            format!(
                "`{}` is for `authorizer({other}, …)`, and this one is `authorizer({kind}, …)`",
                setting.key.name
            ),
            "remove it, or change the kind",
        );
    }
}

fn jwt(context: &mut Context<'_>, setting: &Setting, block: &Settings, body: &mut Object) {
    body.set("authorizer_type", "JWT");
    let mut configuration = Object::new();
    for (key, lets_in, example) in [
        (
            "audience",
            "tokens that are meant for others",
            "audience = [\"my-client-id\"]",
        ),
        (
            "issuer",
            "anybody's tokens",
            "issuer = \"https://login.example\"",
        ),
    ] {
        match (block.find(key), block.value(key)) {
            (Some(setting), Some(value)) => {
                configuration.set(EntryKey::new(key, setting.origin), value.clone());
            }
            _ => {
                configuration.set(key, unknown());
                if !block.is_faulty {
                    context.errors.add(
                        setting.span,
                        format!("`authorizer(jwt, …)` has no `{key}`, so it would take {lets_in}"),
                        format!("add `{example}`"),
                    );
                }
            }
        }
    }
    body.push_block("jwt_configuration", configuration.into());
}

fn lambda(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    (setting, block): (&Setting, &Settings),
    authorizer: &Target,
    body: &mut Object,
) {
    body.set("authorizer_type", "REQUEST");
    body.set("authorizer_payload_format_version", "2.0");
    body.set("enable_simple_responses", true);
    if let Some(ttl) = block.find("ttl") {
        let value = block.value_or("ttl", 0_u64);
        body.set(
            EntryKey::new("authorizer_result_ttl_in_seconds", ttl.origin),
            value,
        );
    } else {
        // Absent, API Gateway would choose for us.
        body.set("authorizer_result_ttl_in_seconds", 0_u64);
    }
    let Some(expression) = block.raw("function") else {
        body.set("authorizer_uri", unknown());
        if !block.is_faulty {
            context.errors.add(
                setting.span,
                "`authorizer(lambda, …)` does not say which function is asked",
                "add `function = Checker`, a struct with `#[lambda]`",
            );
        }
        return;
    };
    let Some(function) = context.expect_named(expression, &["lambda"], "an authorizer") else {
        body.set("authorizer_uri", unknown());
        return;
    };
    let invoked = lambda_alias::invoked_of(context, &function);
    let mut uri = attribute(&invoked.target, "invoke_arn");
    uri.origin = context.origin(expression.span);
    body.set("authorizer_uri", uri);
    let source = Value::from(ValueKind::Template(vec![
        Part::Interpolation(attribute(&declaration.target(), "execution_arn")),
        Part::Text("/authorizers/".to_owned()),
        Part::Interpolation(attribute(authorizer, "id")),
    ]));
    let Target::Resource(_, id) = authorizer else {
        return;
    };
    invoked.permit(
        context,
        id,
        "apigateway.amazonaws.com",
        "ApiGateway",
        source,
    );
}
