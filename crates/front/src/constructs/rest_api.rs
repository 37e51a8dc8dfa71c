//! `#[rest_api]`: a REST API of API Gateway; its fields are its routes.
//!
//! With `access_log(…)` the stack sets the role with which API Gateway writes logs, of which an account
//! has one in each region. Two stacks that both set it overwrite each other's: `account_role = false`
//! leaves it to the other one.

use webhook_infra_core::{Address, Block, Object, Reference, Target, Value, ValueKind};

use super::rest_api_routes::{self as routes, ROUTE_ATTRIBUTES};
use super::{
    Construct, Key, PartName, Settings, Shape, code, encryption, rest_api_problems, tls_only,
};
use crate::context::{Context, Declaration, attribute, surrounded, unknown};

const KEYS: &[Key] = &[
    Key::new(
        "name",
        Shape::Text,
        "The API's name. Default: the stack's name and the struct's.",
    ),
    Key::new(
        "stage",
        Shape::Text,
        "The name of the stage, which is part of the URL. Default: `\"live\"`.",
    ),
    Key::new(
        "endpoint",
        Shape::OneOf(&[
            ("regional", "REGIONAL"),
            ("edge", "EDGE"),
            ("private", "PRIVATE"),
        ]),
        "Who can reach it. Default: `\"regional\"`.",
    ),
    Key::new(
        "throttle",
        Shape::Block(THROTTLE),
        "The limit of each route, kept by a token bucket: API Gateway applies a stage's limits method by method. Above it callers get status 429.",
    ),
    Key::new(
        "access_log",
        Shape::Block(ACCESS_LOG),
        "A line of JSON for each request.",
    ),
    Key::new(
        "problem_details",
        Shape::Flag,
        "What API Gateway refuses itself is answered as `application/problem+json` (RFC 9457); too many requests and failed functions with `Retry-After`.",
    ),
    Key::new(
        "metrics",
        Shape::Flag,
        "Metrics for each route besides those of the stage; they cost extra.",
    ),
    Key::new(
        "tracing",
        Shape::Flag,
        "X-Ray. Default: what `#[stack]` says, else off.",
    ),
    Key::new(
        "account_role",
        Shape::Switch,
        "Whether the stack sets the role with which API Gateway writes access logs (`aws_api_gateway_account`). On when absent. There is one such setting for each account and region: two stacks that both set it overwrite each other's, and destroying either takes it from both. Write `account_role = false` in all stacks of an account and region but one.",
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
        "key",
        Shape::Raw,
        "The `#[kms_key]` struct, or the ARN of a key, to encrypt the lines with.",
    ),
    Key::new(
        "format",
        Shape::Value,
        "What is in a line, as a map of `$context` variables. Default: who asked for what, when, and how it went.",
    ),
];

pub(super) static REST_API: Construct = Construct {
    name: "rest_api",
    summary: "A REST API; its fields are routes to functions, validated, throttled and logged",
    main: "aws_api_gateway_rest_api",
    keys: KEYS,
    fields: ROUTE_ATTRIBUTES,
    parts: &[
        PartName {
            name: "stage",
            resource: "aws_api_gateway_stage",
            suffix: "",
        },
        PartName {
            name: "log_group",
            resource: "aws_cloudwatch_log_group",
            suffix: "",
        },
        PartName {
            name: "deployment",
            resource: "aws_api_gateway_deployment",
            suffix: "",
        },
    ],
    aliases: &[
        ("url", "stage.invoke_url"),
        ("stage_name", "stage.stage_name"),
    ],
    marker: "RestApi",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let id = declaration.id;
    let name = context.physical_name(&settings, declaration);
    let mut body = settings.arguments();
    if !declaration.item.docs.is_empty() {
        body.set_default(
            "description",
            crate::context::one_line(&declaration.item.docs),
        );
    }
    body.set_default("name", name.clone());
    if body.get("endpoint_configuration").is_none() {
        let types = vec![settings.value_or("endpoint", "REGIONAL")];
        body.push_block(
            "endpoint_configuration",
            Object::new().with("types", types).into(),
        );
    }
    let api = context.resource("aws_api_gateway_rest_api", id, body);

    let stage_name = settings.value_or("stage", "live");
    let mut parts = routes::lower(context, declaration, &stage_name);
    rest_api_problems::lower(context, declaration, &settings, &mut parts);
    let deployment = deploy(context, id, &api, &parts);
    let stage = stage(
        context,
        declaration,
        &settings,
        (&name, &stage_name),
        &deployment,
    );
    method_settings(context, id, &settings, &stage);
    code::bodies(context, declaration);
}

/// A deployment is a snapshot: it is replaced when what it shows has changed, and the new one is there
/// before the stage lets go of the old one.
fn deploy(context: &mut Context<'_>, id: &str, api: &Target, parts: &routes::Parts) -> Target {
    let trigger = ValueKind::content_hash(parts.all.iter().cloned());
    let wait = parts
        .integrations
        .iter()
        .map(|target| Address::from(target).into())
        .collect::<Vec<Value>>();
    context.resource(
        "aws_api_gateway_deployment",
        id,
        Object::new()
            .with("rest_api_id", attribute(api, "id"))
            .with(
                "triggers",
                Object::new().with("redeployment", Value::from(trigger)),
            )
            .with(
                "lifecycle",
                Object::new().with("create_before_destroy", true),
            )
            .with("depends_on", wait),
    )
}

fn stage(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    (name, stage_name): (&Value, &Value),
    deployment: &Target,
) -> Target {
    let id = declaration.id;
    let mut body = Object::new()
        .with("rest_api_id", attribute(&declaration.target(), "id"))
        .with("deployment_id", attribute(deployment, "id"))
        .with("stage_name", stage_name.clone());
    let is_traced = settings.value_or("tracing", context.stack.tracing);
    body.set("xray_tracing_enabled", is_traced);
    if let Some(log) = settings.block("access_log").cloned() {
        let mut group = Object::new().with("name", surrounded("/aws/apigateway/", name, ""));
        if let Some(setting) = log.find("retention") {
            if let Some(value) = log.value("retention") {
                group.set(
                    webhook_infra_core::Key::new("retention_in_days", setting.origin),
                    value.clone(),
                );
            }
        }
        if let Some(key) = encryption::key(context, &log, "key") {
            group.set("kms_key_id", key);
        }
        let group = context.resource("aws_cloudwatch_log_group", id, group);
        let format = log.value("format").cloned().unwrap_or_else(log_format);
        let settings = Object::new()
            .with("destination_arn", attribute(&group, "arn"))
            .with("format", Value::from(ValueKind::json(format)));
        body.push_block("access_log_settings", settings.into());
    }
    if settings.block("access_log").is_some() && settings.flag_or_default("account_role") {
        let account = account_role(context);
        // Without the role AWS refuses a stage that logs.
        body.set("depends_on", vec![Address::from(&account).into()]);
    }
    context.resource("aws_api_gateway_stage", id, body)
}

/// Source: Amazon API Gateway Developer Guide, "Variables for access logging for API Gateway".
fn log_format() -> Value {
    [
        ("requestId", "$context.requestId"),
        ("extendedRequestId", "$context.extendedRequestId"),
        ("requestTime", "$context.requestTime"),
        ("httpMethod", "$context.httpMethod"),
        ("resourcePath", "$context.resourcePath"),
        ("status", "$context.status"),
        ("protocol", "$context.protocol"),
        ("responseLength", "$context.responseLength"),
        ("responseLatency", "$context.responseLatency"),
        ("integrationLatency", "$context.integrationLatency"),
        ("integrationError", "$context.integration.error"),
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

/// The role with which API Gateway writes logs: a setting of the account, so the APIs of a stack share it,
/// and other stacks have to leave it alone.
///
/// Source: Amazon API Gateway Developer Guide, "Set up CloudWatch logging for REST APIs in API Gateway".
fn account_role(context: &mut Context<'_>) -> Target {
    let (account, logs) = ("api_gateway", "api_gateway_logs");
    let statement = Object::new()
        .with("effect", "Allow")
        .with("actions", vec!["sts:AssumeRole".into()])
        .with(
            "principals",
            vec![tls_only::service("apigateway.amazonaws.com")],
        );
    let mut assume = Block::data("aws_iam_policy_document", "api_gateway_assume_role");
    assume.body.set("statement", vec![statement.into()]);
    context.shared(assume);

    let mut role = Block::resource("aws_iam_role", logs);
    role.body = Object::new()
        .with("//", "API Gateway writes its logs with this role.")
        .with("name", context.prefixed_once("api-gateway-logs"))
        .with(
            "assume_role_policy",
            Value::from(Reference::data(
                "aws_iam_policy_document",
                "api_gateway_assume_role",
                "json",
            )),
        );
    context.shared(role);

    let partition = context.partition();
    let mut attachment = Block::resource("aws_iam_role_policy_attachment", logs);
    attachment.body = Object::new()
        .with(
            "role",
            Value::from(Reference::resource("aws_iam_role", logs, "name")),
        )
        .with(
            "policy_arn",
            surrounded(
                "arn:",
                &partition,
                ":iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
            ),
        );
    let wait = attachment.address();
    context.shared(attachment);

    let mut block = Block::resource("aws_api_gateway_account", account);
    block.body = Object::new()
        .with(
            "cloudwatch_role_arn",
            Value::from(Reference::resource("aws_iam_role", logs, "arn")),
        )
        .with("depends_on", vec![wait.into()]);
    context.shared(block);
    Target::Resource("aws_api_gateway_account".to_owned(), account.to_owned())
}

fn method_settings(context: &mut Context<'_>, id: &str, settings: &Settings, stage: &Target) {
    let throttle = settings.block("throttle").cloned();
    if throttle.is_none() && settings.find("metrics").is_none() {
        return;
    }
    let mut limits = Object::new();
    let mut throttle_is_faulty = throttle.as_ref().is_some_and(|throttle| throttle.is_faulty);
    if let Some(throttle) = throttle {
        for (key, argument) in [
            ("rate", "throttling_rate_limit"),
            ("burst", "throttling_burst_limit"),
        ] {
            if let Some(value) = throttle.value(key) {
                limits.set(argument, value.clone());
            }
        }
        for (key, example) in [("rate", "rate = 1000"), ("burst", "burst = 2000")] {
            if throttle.value(key).is_none() && !throttle.is_faulty {
                let span = settings.find("throttle").map(|setting| setting.span);
                throttle_is_faulty = true;
                if let Some(span) = span {
                    context.errors.add(
                        span,
                        format!("`throttle(…)` has no `{key}`"),
                        format!(
                            "write `throttle(rate = 1000, burst = 2000)`, that is, add `{example}`"
                        ),
                    );
                }
            }
        }
    }
    if throttle_is_faulty {
        limits.set_default("throttling_rate_limit", unknown());
        limits.set_default("throttling_burst_limit", unknown());
    }
    if let Some(metrics) = settings.value("metrics") {
        limits.set("metrics_enabled", metrics.clone());
    }
    context.resource(
        "aws_api_gateway_method_settings",
        id,
        Object::new()
            .with("rest_api_id", attribute(stage, "rest_api_id"))
            .with("stage_name", attribute(stage, "stage_name"))
            .with("method_path", "*/*")
            .with("settings", vec![limits.into()]),
    );
}
