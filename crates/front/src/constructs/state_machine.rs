//! `#[state_machine]`: a workflow of Step Functions with a role, a log group and exactly the permissions
//! that its fields name.

use webhook_infra_core::{
    Address, Block, Object, Origin, Part, Reference, Target, Value, ValueKind,
};

use super::statement::{allow, wildcard};
use super::{
    Construct, Key, PartName, Settings, Shape, grants, own_statements, service_role, tls_only,
    wait_for,
};
use crate::context::{Context, Declaration, attribute, suffixed, surrounded};

const KEYS: &[Key] = &[
    Key::sets(
        "name",
        "name",
        Shape::Text,
        "The state machine's name in AWS. At most 80 letters, digits, hyphens and underscores. Default: the stack's name and the struct's.",
    ),
    Key::sets(
        "type",
        "type",
        Shape::OneOf(&[("STANDARD", "STANDARD"), ("EXPRESS", "EXPRESS")]),
        "`\"STANDARD\"`: each step once, up to a year, paid by the transition. `\"EXPRESS\"`: at least once, up to five minutes, paid by duration; its executions are seen in its log alone. `\"STANDARD\"` when absent.",
    ),
    Key::new(
        "definition",
        Shape::Value,
        "The workflow in the Amazon States Language, as a map: `definition = { \"StartAt\" = \"Charge\", \"States\" = { … } }`. `Resource = Charge.arn` and the like are references. The struct's documentation is its `Comment`.",
    ),
    Key::new(
        "definition_file",
        Shape::Text,
        "A file with the workflow instead, seen from the output folder. `${name}` in it is replaced by what `substitutions` says.",
    ),
    Key::new(
        "substitutions",
        Shape::Value,
        "What stands for the names in `definition_file`: `substitutions = { \"charge\" = Charge.arn }`.",
    ),
    Key::new(
        "log",
        Shape::Resource(LOG, "aws_cloudwatch_log_group"),
        "Writes executions to a log group: `log(level = \"ERROR\", retention = \"7d\")`.",
    ),
    Key::new(
        "tracing",
        Shape::Switch,
        "X-Ray. Default: what `#[stack]` says, else off.",
    ),
    own_statements::STATEMENT,
];

const LOG: &[Key] = &[
    Key::new(
        "level",
        Shape::OneOf(&[("ERROR", "ERROR"), ("FATAL", "FATAL"), ("ALL", "ALL")]),
        "What is logged. Default: `\"ERROR\"`; for a workflow of the type EXPRESS, which keeps no history, `\"ALL\"`.",
    ),
    Key::sets(
        "retention_in_days",
        "retention",
        Shape::Days,
        "How long events are kept, in one of the numbers of days that CloudWatch knows.",
    ),
    Key::new(
        "include_execution_data",
        Shape::Flag,
        "Logs the input and output of every state as well, with whatever personal data is in them. Off when absent.",
    ),
];

pub(super) static STATE_MACHINE: Construct = Construct {
    name: "state_machine",
    summary: "A Step Functions workflow with its role, policy and log group; its fields are its permissions",
    main: "aws_sfn_state_machine",
    keys: KEYS,
    fields: &[],
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
    ],
    aliases: &[],
    marker: "StateMachine",
    target: |declaration| declaration.resource(),
    lower,
};

/// The policy that lets Step Functions take on a role; one for all state machines of a stack.
const ASSUME_ROLE: &str = "step_functions_assume_role";

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let id = declaration.id;
    let name = context.physical_name(&settings, declaration);
    let mut statements = grants::grants(context, declaration).statements;
    statements.extend(own_statements::statements(&settings));
    let mut body = settings.arguments();
    body.set_default("name", name.clone());
    if let Some(definition) = definition(context, declaration, &settings) {
        body.set("definition", definition);
    }
    if let Some(log) = settings.block("log").cloned() {
        let group = log_group(context, id, &log, &name);
        let origin = settings
            .find("log")
            .map_or(Origin::UNKNOWN, |log| log.origin);
        let logging = logging(&log, &group, settings.text("type") == Some("EXPRESS"));
        body.push_block(
            webhook_infra_core::Key::new("logging_configuration", origin),
            logging.into(),
        );
        statements.push(deliver_logs().into());
    }
    if settings.block("log").is_none()
        && may_be(&body, "logging_configuration", "level", |level| {
            level.as_str() == Some("OFF")
        })
    {
        statements.push(deliver_logs().into());
    }
    let is_traced = match settings.value("tracing") {
        Some(_) => settings.flag("tracing"),
        None => context.stack.tracing,
    };
    let is_off = |enabled: &Value| enabled.as_bool() == Some(false);
    if is_traced || may_be(&body, "tracing_configuration", "enabled", is_off) {
        statements.push(write_traces().into());
    }
    if is_traced && body.get("tracing_configuration").is_none() {
        body.push_block(
            "tracing_configuration",
            Object::new().with("enabled", true).into(),
        );
    }
    if let Some(role) = body.get("role_arn").map(|role| role.origin) {
        own_role_only(context, declaration, role);
    } else {
        let has_policy = !statements.is_empty();
        let role = role(context, id, &name, statements);
        body.set("role_arn", attribute(&role, "arn"));
        if has_policy {
            let policy = Address::new(format!("aws_iam_role_policy.{id}"));
            // Step Functions checks what the role may do, and where it may log, when the machine is made.
            wait_for(policy, &mut body);
        }
    }
    context.resource("aws_sfn_state_machine", id, body);
}

/// Whether a block that was written in Terraform's words switches something on, or may turn out to.
fn may_be(body: &Object, block: &str, argument: &str, is_off: impl Fn(&Value) -> bool) -> bool {
    let is_made = body
        .get("dynamic")
        .is_some_and(|dynamic| dynamic.get(block).is_some());
    let blocks = body.get(block).map(Value::objects).unwrap_or_default();
    let is_on = |block: &Object| block.get(argument).is_some_and(|value| !is_off(value));
    is_made || blocks.into_iter().any(is_on)
}

/// The workflow: a map becomes JSON whose structure the rules see, a file is read by Terraform.
fn definition(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
) -> Option<Value> {
    let substitutions = settings.find("substitutions");
    if let Some(setting) = settings.find("definition_file") {
        if let Some(other) = settings.find("definition") {
            context.errors.add(
                other.span,
                format!(
                    "state machine `{}` has a `definition` and a `definition_file`",
                    declaration.name()
                ),
                "remove one of the two",
            );
        }
        let file = settings.value("definition_file")?.clone();
        let path = Value::template(vec![
            Part::Interpolation(Reference::scoped("path", "module").into()),
            Part::Text("/".to_owned()),
            Part::Interpolation(file),
        ]);
        let call = ValueKind::Call {
            function: "templatefile".to_owned(),
            arguments: vec![path, settings.value_or("substitutions", Object::new())],
            spread: false,
        };
        return Some(call.at(setting.origin));
    }
    if let Some(setting) = substitutions {
        context.errors.add(
            setting.span,
            "`substitutions` are for a `definition_file`",
            "in `definition` write the reference itself: `\"Resource\" = Charge.arn`",
        );
    }
    let Some(value) = settings.value("definition") else {
        if !settings.is_faulty {
            context.errors.add(
                declaration.span(),
                format!("state machine `{}` has no definition", declaration.name()),
                "write `definition = { \"StartAt\" = \"Work\", \"States\" = { \"Work\" = { \"Type\" = \"Task\", \"Resource\" = Work.arn, \"End\" = true } } }`, or `definition_file = \"flow.asl.json\"`",
            );
        }
        return None;
    };
    let ValueKind::Object(object) = &value.kind else {
        return Some(value.clone());
    };
    let mut whole = Object::new();
    if !declaration.item.docs.is_empty() && object.get("Comment").is_none() {
        whole.set("Comment", crate::context::one_line(&declaration.item.docs));
    }
    for (key, value) in object.iter() {
        whole.set(key.clone(), value.clone());
    }
    let whole = ValueKind::Object(whole).at(value.origin);
    Some(ValueKind::json(whole).at(value.origin))
}

/// Groups whose names start so do not fill up the account's resource policy for logs, which holds 5,120
/// characters in all.
const LOG_GROUPS: &str = "/aws/vendedlogs/states/";

fn log_group(context: &mut Context<'_>, id: &str, log: &Settings, name: &Value) -> Target {
    let mut body = log.arguments();
    body.set_default("name", surrounded(LOG_GROUPS, name, ""));
    context.resource("aws_cloudwatch_log_group", id, body)
}

fn logging(log: &Settings, group: &Target, is_express: bool) -> Object {
    let level = if is_express { "ALL" } else { "ERROR" };
    Object::new()
        .with("level", log.value_or("level", level))
        .with(
            "include_execution_data",
            log.value_or("include_execution_data", false),
        )
        .with("log_destination", suffixed(&attribute(group, "arn"), ":*"))
}

/// What the delivery of logs needs. CloudWatch knows no resources for these actions.
fn deliver_logs() -> Object {
    let actions = [
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
    ];
    allow("DeliverLogs", &actions, wildcard())
}

/// What X-Ray needs, which has no resources to name.
fn write_traces() -> Object {
    let actions = [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
    ];
    allow("WriteTraces", &actions, wildcard())
}

fn role(context: &mut Context<'_>, id: &str, name: &Value, statements: Vec<Value>) -> Target {
    assume_role(context);
    let assume = Reference::data("aws_iam_policy_document", ASSUME_ROLE, "json");
    service_role::with_policy(context, id, name, assume.into(), statements)
}

/// Step Functions may take on the role for state machines of this account alone.
fn assume_role(context: &mut Context<'_>) {
    let account = context.account_id();
    let machines = Value::template(vec![
        Part::Text("arn:".to_owned()),
        Part::Interpolation(context.partition()),
        Part::Text(":states:".to_owned()),
        Part::Interpolation(context.region()),
        Part::Text(":".to_owned()),
        Part::Interpolation(account.clone()),
        Part::Text(":stateMachine:*".to_owned()),
    ]);
    let statement = service_role::assumed_by(
        "states.amazonaws.com",
        vec![
            tls_only::condition("StringEquals", "aws:SourceAccount", vec![account]),
            tls_only::condition("ArnLike", "aws:SourceArn", vec![machines]),
        ],
    );
    let mut assume = Block::data("aws_iam_policy_document", ASSUME_ROLE);
    assume.body.set("statement", vec![statement.into()]);
    context.shared(assume);
}

/// The permissions that fields stand for go into a role made here; with another role they would be lost
/// without a word.
fn own_role_only(context: &mut Context<'_>, declaration: &Declaration<'_>, role: Origin) {
    if declaration.fields().next().is_none() {
        return;
    }
    let span = context.document.provenance(role).copied();
    context.errors.add(
        span.unwrap_or_else(|| declaration.span()),
        format!(
            "state machine `{}` has a role of its own for its fields",
            declaration.name()
        ),
        "leave `role_arn` out, or take the fields away and grant their permissions to that role yourself",
    );
}
