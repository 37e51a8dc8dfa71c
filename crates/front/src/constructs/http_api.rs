//! `#[http_api]`: an HTTP API of API Gateway; its fields are its routes.

use webhook_infra_core::{Key as EntryKey, Object, Target, Value, ValueKind};

use super::http_api_authorizers::{self as authorizers, AUTHORIZER};
use super::http_api_routes::{self as routes, ROUTE_ATTRIBUTES};
use super::{Construct, Key, PartName, Settings, Shape, cors};
use crate::context::{Context, Declaration, attribute, surrounded, unknown};

const KEYS: &[Key] = &[
    Key::sets(
        "name",
        "name",
        Shape::Text,
        "The API's name. At most 128 characters. Default: the stack's name and the struct's.",
    ),
    Key::new(
        "stage",
        Shape::Text,
        "The name of the stage. Default: `\"$default\"`, which is no part of the URL.",
    ),
    Key::new(
        "cors",
        Shape::Block(cors::KEYS),
        "What browsers may do on pages from elsewhere; API Gateway answers their preflight requests. Nothing when absent.",
    ),
    Key::new(
        "throttle",
        Shape::Block(THROTTLE),
        "The limit of each route, kept by a token bucket. Above it callers get status 429.",
    ),
    Key::new(
        "access_log",
        Shape::Block(ACCESS_LOG),
        "A line of JSON for each request.",
    ),
    Key::new(
        "metrics",
        Shape::Flag,
        "Metrics for each route besides those of the API; they cost extra.",
    ),
    Key::new(
        "authorizer",
        Shape::Block(AUTHORIZER),
        "Who checks callers: `authorizer(jwt, issuer = \"https://…\", audience = [\"…\"])` or `authorizer(lambda, function = Checker)`. A route takes one by `auth`.",
    ),
];

const THROTTLE: &[Key] = &[
    Key::new("rate", Shape::Number, "Requests a second in the long run."),
    Key::new("burst", Shape::Number, "Requests that may come at once."),
];

const ACCESS_LOG: &[Key] = &[
    Key::new(
        "retention",
        Shape::Days,
        "How long lines are kept; the values that CloudWatch knows, as for a function's `log_retention`.",
    ),
    Key::new(
        "format",
        Shape::Value,
        "What is in a line, as a map of `$context` variables. Default: who asked for what, when, and how it went.",
    ),
];

pub(super) static HTTP_API: Construct = Construct {
    name: "http_api",
    summary: "An HTTP API; its fields are routes to functions, authorized, throttled and logged",
    main: "aws_apigatewayv2_api",
    keys: KEYS,
    fields: ROUTE_ATTRIBUTES,
    parts: &[
        PartName {
            name: "stage",
            resource: "aws_apigatewayv2_stage",
            suffix: "",
        },
        PartName {
            name: "log_group",
            resource: "aws_cloudwatch_log_group",
            suffix: "",
        },
    ],
    aliases: &[("url", "stage.invoke_url"), ("stage_name", "stage.name")],
    marker: "HttpApi",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let name = context.physical_name(&settings, declaration);
    let mut body = settings.arguments();
    if !declaration.item.docs.is_empty() {
        body.set_default(
            "description",
            crate::context::one_line(&declaration.item.docs),
        );
    }
    body.set_default("name", name.clone());
    body.set_default("protocol_type", "HTTP");
    if let (Some(setting), Some(block)) = (settings.find("cors"), settings.block("cors")) {
        let key = EntryKey::new("cors_configuration", setting.origin);
        body.push_block(key, cors::lower(block));
    }
    context.resource("aws_apigatewayv2_api", declaration.id, body);
    let authorizers = authorizers::lower(context, declaration, &settings);
    let stage = stage(context, declaration, &settings, &name);
    routes::lower(context, declaration, &settings, &stage, &authorizers);
}

/// Every change of the API goes live at once: an HTTP API has no other order in which Terraform could
/// deploy it.
fn stage(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    name: &Value,
) -> Target {
    let id = declaration.id;
    let mut body = Object::new()
        .with("api_id", attribute(&declaration.target(), "id"))
        .with("name", settings.value_or("stage", "$default"))
        .with("auto_deploy", true);
    if let (Some(setting), Some(log)) = (settings.find("access_log"), settings.block("access_log"))
    {
        // Under this prefix CloudWatch needs no line of its own for the group in the account's policy
        // for log delivery, whose size is limited.
        let mut group = Object::new().with("name", surrounded("/aws/vendedlogs/apis/", name, ""));
        if let (Some(setting), Some(value)) = (log.find("retention"), log.value("retention")) {
            let key = EntryKey::new("retention_in_days", setting.origin);
            group.set(key, value.clone());
        }
        let group = context.resource("aws_cloudwatch_log_group", id, group);
        let format = log.value("format").cloned().unwrap_or_else(log_format);
        let log = Object::new()
            .with("destination_arn", attribute(&group, "arn"))
            .with("format", Value::from(ValueKind::json(format)));
        let key = EntryKey::new("access_log_settings", setting.origin);
        body.push_block(key, log.into());
    }
    let limits = limits(context, settings);
    if !limits.is_empty() {
        body.push_block("default_route_settings", limits.into());
    }
    context.resource("aws_apigatewayv2_stage", id, body)
}

fn limits(context: &mut Context<'_>, settings: &Settings) -> Object {
    let mut limits = Object::new();
    if let Some(metrics) = settings.value("metrics") {
        limits.set("detailed_metrics_enabled", metrics.clone());
    }
    let (Some(setting), Some(throttle)) = (settings.find("throttle"), settings.block("throttle"))
    else {
        return limits;
    };
    for (key, argument) in [
        ("burst", "throttling_burst_limit"),
        ("rate", "throttling_rate_limit"),
    ] {
        match (throttle.find(key), throttle.value(key)) {
            (Some(setting), Some(value)) => {
                limits.set(EntryKey::new(argument, setting.origin), value.clone());
            }
            _ => {
                limits.set(EntryKey::new(argument, setting.origin), unknown());
                if !throttle.is_faulty {
                    context.errors.add(
                        setting.span,
                        format!("`throttle(…)` has no `{key}`"),
                        "write `throttle(rate = 1000, burst = 2000)`",
                    );
                }
            }
        }
    }
    limits
}

/// Source: Amazon API Gateway Developer Guide, "Customize HTTP API access logs".
fn log_format() -> Value {
    [
        ("requestId", "$context.requestId"),
        ("requestTime", "$context.requestTime"),
        ("httpMethod", "$context.httpMethod"),
        ("routeKey", "$context.routeKey"),
        ("path", "$context.path"),
        ("status", "$context.status"),
        ("protocol", "$context.protocol"),
        ("responseLength", "$context.responseLength"),
        ("responseLatency", "$context.responseLatency"),
        ("integrationLatency", "$context.integrationLatency"),
        ("integrationStatus", "$context.integrationStatus"),
        ("integrationError", "$context.integrationErrorMessage"),
        ("authorizerError", "$context.authorizer.error"),
        ("errorMessage", "$context.error.message"),
        ("sourceIp", "$context.identity.sourceIp"),
        ("userAgent", "$context.identity.userAgent"),
        ("caller", "$context.identity.userArn"),
    ]
    .into_iter()
    .map(|(name, variable)| (name.into(), variable.into()))
    .collect::<Object>()
    .into()
}
