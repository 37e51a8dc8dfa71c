//! `#[lambda]`: a function with a role, a log group and exactly the permissions that its fields name.

use std::collections::HashSet;

use webhook_infra_core::{Block, Object, Reference, Target, Value};

use super::lambda_alias::{self, ALIAS};
use super::lambda_setup;
use super::lambda_url::{self, URL};
use super::statement::{allow, wildcard};
use super::{
    Construct, FieldAttribute, Key, PartName, Settings, Shape, async_invoke, code, encryption,
    grants, lambda_code, layer, objects, own_statements, service_role, trigger, wait_for,
};
use crate::context::{Context, Declaration, attribute, suffixed, surrounded};

const KEYS: &[Key] = &[
    Key::sets(
        "function_name",
        "name",
        Shape::Text,
        "The function's name in AWS. At most 64 letters, digits, hyphens and underscores. Default: the stack's name and the struct's.",
    ),
    Key::new(
        "arch",
        Shape::Text,
        "`\"arm64\"` (Graviton, cheaper by a fifth) or `\"x86_64\"`.",
    ),
    Key::sets(
        "runtime",
        "runtime",
        Shape::Text,
        "Default: `\"provided.al2023\"`, for a Rust binary called `bootstrap`.",
    ),
    Key::sets(
        "handler",
        "handler",
        Shape::Text,
        "What the runtime calls. Default: `\"bootstrap\"`.",
    ),
    Key::sets(
        "memory_size",
        "memory",
        Shape::Megabytes,
        "Memory, and with it CPU. 128 MB to 10,240 MB; 128 MB when absent.",
    ),
    Key::sets(
        "timeout",
        "timeout",
        Shape::Seconds,
        "The longest an invocation may take. 1 s to 900 s; 3 s when absent.",
    ),
    Key::sets(
        "reserved_concurrent_executions",
        "reserved",
        Shape::Number,
        "Reserved concurrency: how many invocations may run at once, taken from the account's limit. 0 stops the function.",
    ),
    Key::new(
        "storage",
        Shape::Megabytes,
        "Size of `/tmp`. 512 MB to 10,240 MB.",
    ),
    Key::new(
        "log_retention",
        Shape::Days,
        "How long log lines are kept. CloudWatch knows 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 and 3653 days.",
    ),
    Key::new(
        "log_level",
        Shape::Text,
        "The least level that is logged: `\"TRACE\"`, `\"DEBUG\"`, `\"INFO\"`, `\"WARN\"`, `\"ERROR\"` or `\"FATAL\"`. Default: `\"INFO\"`.",
    ),
    Key::new(
        "log_format",
        Shape::Text,
        "`\"JSON\"` or `\"Text\"`. Default: `\"JSON\"`.",
    ),
    Key::new(
        "tracing",
        Shape::Switch,
        "X-Ray. Default: what `#[stack]` says, else off.",
    ),
    Key::new(
        "environment",
        Shape::Value,
        "Environment variables: `environment = { \"NAME\" = \"value\" }`. Those of capabilities are set without it. At most 4 KB in all.",
    ),
    Key::new(
        "key",
        Shape::Raw,
        "The `#[kms_key]` struct, or the ARN of a key, to encrypt the environment variables with, in place of a key that Lambda manages.",
    ),
    Key::new(
        "log_key",
        Shape::Raw,
        "The `#[kms_key]` struct, or the ARN of a key, to encrypt the log lines with.",
    ),
    Key::new(
        "artifact",
        Shape::Text,
        "The archive with the code, seen from the output folder. Default: `<artifacts>/<struct-name>/bootstrap.zip`, with `artifacts` of `#[stack]`.",
    ),
    Key::new(
        "layers",
        Shape::Raw,
        "The layers, lowest first: `layers = [Shared]`, structs with `#[layer]` or ARNs of versions. At most 5.",
    ),
    Key::new(
        "alias",
        Shape::Resource(ALIAS, "aws_lambda_alias"),
        "A name for the newest version, which triggers, routes and permissions then use: `alias(live, provisioned = 5)`.",
    ),
    Key::new(
        "url",
        Shape::Resource(URL, "aws_lambda_function_url"),
        "An HTTPS address of its own: `url(auth = \"aws_iam\", cors(…), invoke_mode = \"BUFFERED\")`.",
    ),
    own_statements::STATEMENT,
    Key::new(
        "trigger",
        Shape::BySource(trigger::SOURCES),
        "What starts the function: a queue, a table with a stream, a Kinesis stream, a bucket or a topic, as in `trigger(Events, batch_size = 10)`. Each kind has keys of its own.",
    ),
    Key::new(
        "async_invoke",
        Shape::Resource(async_invoke::KEYS, async_invoke::TYPE),
        "What becomes of asynchronous calls, such as those of buckets, topics and EventBridge: `async_invoke(retries = 1, max_age = \"1h\", on_failure = Failed)`.",
    ),
];

pub(super) static LAMBDA: Construct = Construct {
    name: "lambda",
    summary: "A Lambda function with its role, policy, log group and triggers; its fields are its permissions",
    main: "aws_lambda_function",
    keys: KEYS,
    fields: &[FieldAttribute {
        name: "objects",
        doc: "Which objects of the bucket the permission is for.",
        keys: objects::OBJECTS,
    }],
    parts: &[
        PartName {
            name: "role",
            resource: "aws_iam_role",
            suffix: "",
        },
        PartName {
            name: "log_group",
            resource: "aws_cloudwatch_log_group",
            suffix: "",
        },
        PartName {
            name: "alias",
            resource: "aws_lambda_alias",
            suffix: "",
        },
        PartName {
            name: "url",
            resource: "aws_lambda_function_url",
            suffix: "",
        },
    ],
    aliases: &[("name", "function_name")],
    marker: "Function",
    target: |declaration| declaration.resource(),
    lower,
};

/// The policy that lets Lambda take on a role; one for all functions of a stack.
const ASSUME_ROLE: &str = "lambda_assume_role";

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let id = declaration.id;
    let name = context.physical_name(&settings, declaration);
    let mut statements: Vec<Value> = Vec::new();
    let log_group = log_group(context, declaration, &settings, &name);
    statements.push(
        allow(
            "WriteLogs",
            &["logs:CreateLogStream", "logs:PutLogEvents"],
            vec![suffixed(&attribute(&log_group, "arn"), ":*")],
        )
        .into(),
    );
    let is_traced = match settings.value("tracing") {
        Some(_) => settings.flag("tracing"),
        None => context.stack.tracing,
    };
    let written = settings.arguments();
    if is_traced || lambda_setup::is_traced(&written) {
        // X-Ray has no resources to name.
        let actions = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];
        statements.push(allow("WriteTraces", &actions, wildcard()).into());
    }
    let grants = grants::grants(context, declaration);
    statements.extend(grants.statements);
    statements.extend(own_statements::statements(&settings));
    let triggers = settings
        .blocks("trigger")
        .map(|(setting, block)| (setting.clone(), block.clone()))
        .collect::<Vec<_>>();
    for (setting, block) in &triggers {
        statements.extend(trigger::lower(context, declaration, setting, block));
    }
    let failures = async_invoke::lower(context, declaration, &settings);
    statements.extend(failures.into_iter().map(Value::from));
    // Several sources may tell one queue of their failures.
    let mut sids = HashSet::new();
    statements.retain(|statement| {
        let sid = statement.get("sid").and_then(Value::as_str);
        sid.is_none_or(|sid| sids.insert(sid.to_owned()))
    });
    let mut body = written;
    Context::comment(&mut body, "");
    if !declaration.item.docs.is_empty() {
        body.set_default(
            "description",
            crate::context::one_line(&declaration.item.docs),
        );
    }
    body.set_default("function_name", name.clone());
    encryption::set(context, &settings, declaration, &mut body, "kms_key_arn");
    if let Some(role) = body.get("role").map(|role| role.origin) {
        let has_destinations = settings.find("async_invoke").is_some();
        own_role_only(context, declaration, role, &triggers, has_destinations);
    } else {
        let role = role(context, declaration, &name, statements);
        body.set("role", attribute(&role, "arn"));
        let setup = lambda_setup::lower(context, id, &name, &role, &body);
        if let Some(policy) = setup {
            wait_for(policy, &mut body);
        }
    }
    if body.get("image_uri").is_none() {
        body.set_default("runtime", "provided.al2023");
        body.set_default("handler", "bootstrap");
        let artifact = settings.value("artifact");
        lambda_code::archive(context, declaration, artifact, "bootstrap.zip", &mut body);
    }
    if let Some(architecture) = settings.value("arch") {
        body.set_default(
            key_of(&settings, "arch", "architectures"),
            vec![architecture.clone()],
        );
    }
    if let Some(size) = settings.value("storage") {
        body.push_block(
            "ephemeral_storage",
            Object::new().with("size", size.clone()).into(),
        );
    }
    if is_traced && !lambda_setup::is_given(&body, "tracing_config") {
        body.push_block(
            "tracing_config",
            Object::new().with("mode", "Active").into(),
        );
    }
    if let Some(setting) = settings
        .find("log_level")
        .filter(|_| settings.text("log_format") == Some("Text"))
    {
        context.errors.add(
            setting.span,
            "Lambda filters by level only what is logged as JSON",
            "leave `log_format = \"Text\"` out, or `log_level`",
        );
    }
    logging(&settings, &log_group, &mut body);
    environment(&settings, grants.environment, &mut body);
    if let Some(expression) = settings.raw("layers") {
        let layers = layer::layers(context, expression);
        body.set(key_of(&settings, "layers", "layers"), layers);
    }
    if let Some(alias) = settings.find("alias") {
        // An alias of what is being edited would change under its callers.
        body.set_default(webhook_infra_core::Key::new("publish", alias.origin), true);
    }
    code::function(
        context,
        declaration,
        &settings,
        body.get("timeout"),
        &grants.clients,
    );
    context.resource("aws_lambda_function", id, body);
    lambda_alias::lower(context, declaration, &settings);
    lambda_url::lower(context, declaration, &settings);
}

/// The permissions that fields and triggers stand for go into a role made here; with another role they
/// would be lost without a word.
fn own_role_only(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    role: webhook_infra_core::Origin,
    triggers: &[(super::Setting, Settings)],
    has_destinations: bool,
) {
    let needs_none = declaration.fields().next().is_none() && triggers.is_empty();
    if needs_none && !has_destinations {
        return;
    }
    let span = context.document.provenance(role).copied();
    context.errors.add(
        span.unwrap_or_else(|| declaration.span()),
        format!("function `{}` has a role of its own for its fields and triggers", declaration.name()),
        "leave `role` out, or take fields and triggers away and grant their permissions to that role yourself",
    );
}

fn key_of(settings: &Settings, key: &str, argument: &str) -> webhook_infra_core::Key {
    let origin = settings
        .find(key)
        .map_or(webhook_infra_core::Origin::UNKNOWN, |setting| {
            setting.origin
        });
    webhook_infra_core::Key::new(argument, origin)
}

fn log_group(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    name: &Value,
) -> Target {
    let mut body = Object::new().with("name", surrounded("/aws/lambda/", name, ""));
    if let Some(retention) = settings.value("log_retention") {
        body.set(
            key_of(settings, "log_retention", "retention_in_days"),
            retention.clone(),
        );
    }
    if let Some(key) = encryption::key(context, settings, "log_key") {
        body.set("kms_key_id", key);
    }
    context.resource("aws_cloudwatch_log_group", declaration.id, body)
}

fn role(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    name: &Value,
    statements: Vec<Value>,
) -> Target {
    let id = declaration.id;
    let mut assume = Block::data("aws_iam_policy_document", ASSUME_ROLE);
    let statement = service_role::assumed_by("lambda.amazonaws.com", Vec::new());
    assume.body.set("statement", vec![statement.into()]);
    context.shared(assume);
    let assume = Reference::data("aws_iam_policy_document", ASSUME_ROLE, "json");
    service_role::with_policy(context, id, name, assume.into(), statements)
}

fn logging(settings: &Settings, log_group: &Target, body: &mut Object) {
    if body.get("logging_config").is_some() {
        return;
    }
    let format = settings.value_or("log_format", "JSON");
    let mut logging = Object::new()
        .with(key_of(settings, "log_format", "log_format"), format.clone())
        .with("log_group", attribute(log_group, "name"));
    if format.as_str() == Some("JSON") {
        logging.set(
            key_of(settings, "log_level", "application_log_level"),
            settings.value_or("log_level", "INFO"),
        );
        // START and REPORT lines of every invocation would cost more than they tell.
        logging.set("system_log_level", "WARN");
    }
    body.push_block("logging_config", logging.into());
}

fn environment(settings: &Settings, mut variables: Object, body: &mut Object) {
    let own = settings.value("environment").and_then(Value::as_object);
    for (key, value) in own.into_iter().flat_map(Object::iter) {
        variables.set(key.clone(), value.clone());
    }
    if !variables.is_empty() && body.get("environment").is_none() {
        body.push_block(
            key_of(settings, "environment", "environment"),
            Object::new().with("variables", variables).into(),
        );
    }
}
