//! `#[schedule]`: a schedule of EventBridge Scheduler, with a role that may call its target and nothing else.

use webhook_infra_core::value::BinaryOperator;
use webhook_infra_core::{
    Address, Block, Key as EntryKey, Object, Part, Reference, Target, Value, ValueKind,
};

use super::{Construct, Key, PartName, Settings, Shape, delivery, service_role, tls_only};
use crate::context::{Context, Declaration, attribute, unknown};
use crate::syntax::ExpressionKind;

const KEYS: &[Key] = &[
    Key::sets(
        "name",
        "name",
        Shape::Text,
        "The schedule's name. At most 64 letters, digits and `-_.`. Default: the stack's name and the struct's.",
    ),
    Key::new(
        "target",
        Shape::Raw,
        "What is called: a struct with `#[lambda]`, `#[sqs]`, `#[sns]` or `#[state_machine]`.",
    ),
    Key::sets(
        "schedule_expression_timezone",
        "timezone",
        Shape::Text,
        "The time zone of the expression, with its daylight saving time: `\"Europe/Berlin\"`. UTC when absent.",
    ),
    Key::new(
        "flexible",
        Shape::Seconds,
        "It may run this much later, so that not everything runs at once. Whole minutes, 1 min to 24 h. On time when absent.",
    ),
    Key::new(
        "input",
        Shape::Value,
        "What the target gets, as a map that becomes JSON, or as a text.",
    ),
    Key::new(
        "message_group",
        Shape::Text,
        "The message group, when the target is a FIFO queue.",
    ),
    Key::new(
        "retry",
        Shape::Block(delivery::RETRY),
        "How often and for how long a failed call is repeated: `retry(attempts = 2, max_age = \"1h\")`.",
    ),
    Key::new(
        "dlq",
        Shape::Raw,
        "The `#[sqs]` struct where calls go that failed for good.",
    ),
];

const TARGETS: [&str; 4] = ["lambda", "sqs", "sns", "state_machine"];

pub(super) static SCHEDULE: Construct = Construct {
    name: "schedule",
    summary: "A schedule that calls a function, queue, topic or state machine: `#[schedule(\"rate(5 minutes)\", target = Report)]`",
    main: "aws_scheduler_schedule",
    keys: KEYS,
    fields: &[],
    parts: &[PartName {
        name: "role",
        resource: "aws_iam_role",
        suffix: "",
    }],
    aliases: &[],
    marker: "Schedule",
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
    expression(context, declaration, &settings, &mut body);
    let window = window(context, &settings);
    if body.get("flexible_time_window").is_none() {
        body.push_block("flexible_time_window", window);
    }
    let group = group(context, &mut body);
    let mut statements = Vec::new();
    let target = target(context, declaration, &settings, &mut statements);
    let role = role(context, declaration, (&name, &group), statements);
    if let Some(mut target) = target {
        target.set_default("role_arn", attribute(&role, "arn"));
        body.push_block("target", target.into());
    } else if body.get("target").is_none() {
        body.set("target", unknown());
    }
    let policy = Address::new(format!("aws_iam_role_policy.{id}"));
    body.set_default("depends_on", vec![Value::from(policy)]);
    context.resource("aws_scheduler_schedule", id, body);
}

/// When it runs: the value without a key.
fn expression(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    body: &mut Object,
) {
    if let Some(expression) = settings.positional.first() {
        let origin = context.origin(expression.span);
        let value = context.value(expression).unwrap_or_else(unknown);
        body.set(EntryKey::new("schedule_expression", origin), value);
    } else if body.get("schedule_expression").is_none() {
        body.set("schedule_expression", unknown());
        if !settings.is_faulty {
            context.errors.add(
                declaration.span(),
                format!("schedule `{}` does not say when it runs", declaration.name()),
                "write it first: `#[schedule(\"rate(5 minutes)\", target = …)]` or `#[schedule(\"cron(0 6 * * ? *)\", target = …)]`",
            );
        }
    }
}

fn window(context: &mut Context<'_>, settings: &Settings) -> Value {
    let Some((setting, value)) = settings.find("flexible").zip(settings.value("flexible")) else {
        return Object::new().with("mode", "OFF").into();
    };
    let minutes = match value.as_f64() {
        Some(seconds) if seconds % 60.0 != 0.0 => {
            context.errors.add(
                setting.span,
                "EventBridge counts `flexible` in whole minutes",
                "write `flexible = \"15m\"`",
            );
            unknown()
        }
        // A whole number of minutes, so nothing is lost.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(seconds) => Value::from((seconds / 60.0) as u64),
        None if matches!(value.kind, ValueKind::Raw { .. }) => value.clone(),
        None => ValueKind::Binary(
            BinaryOperator::Divide,
            Box::new(value.clone()),
            Box::new(60_u64.into()),
        )
        .into(),
    };
    Object::new()
        .with(
            EntryKey::new("maximum_window_in_minutes", setting.origin),
            minutes.kind.at(setting.origin),
        )
        .with("mode", "FLEXIBLE")
        .into()
}

/// The group of the schedule, and its ARN: the condition of the role. The schedules of a stack share one,
/// whose ARN is known without saying account and region.
struct Group {
    arn: Value,
    /// Whether it is the stack's.
    is_shared: bool,
}

fn group(context: &mut Context<'_>, body: &mut Object) -> Group {
    let id = "schedules";
    let Some(name) = body.get("group_name").cloned() else {
        let mut block = Block::resource("aws_scheduler_schedule_group", id);
        block.body.set("name", context.prefixed_once(id));
        context.shared(block);
        let of = |attribute| Reference::resource("aws_scheduler_schedule_group", id, attribute);
        body.set("group_name", Value::from(of("name")));
        let arn = Value::from(of("arn"));
        return Group {
            arn,
            is_shared: true,
        };
    };
    let is_group = |target: &&Reference| matches!(&target.target, Target::Resource(type_name, _) if type_name == "aws_scheduler_schedule_group");
    let arn = match name.as_reference().filter(is_group) {
        Some(reference) => attribute(&reference.target, "arn"),
        None => {
            context.shared(Block::data("aws_partition", "current"));
            context.shared(Block::data("aws_region", "current"));
            let partition = Reference::data("aws_partition", "current", "partition");
            let region = Reference::data("aws_region", "current", "region");
            let account = context.account_id();
            Value::template(vec![
                Part::Text("arn:".to_owned()),
                Part::Interpolation(partition.into()),
                Part::Text(":scheduler:".to_owned()),
                Part::Interpolation(region.into()),
                Part::Text(":".to_owned()),
                Part::Interpolation(account),
                Part::Text(":schedule-group/".to_owned()),
                Part::Interpolation(name),
            ])
        }
    };
    Group {
        arn,
        is_shared: false,
    }
}

/// The `target` block, and what the role needs for it; `None` when there is none to write.
fn target(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    statements: &mut Vec<Object>,
) -> Option<Object> {
    let mut body = Object::new();
    let named = match settings.raw("target") {
        Some(expression) => context
            .expect_declared(expression, &TARGETS, "the target of a schedule")
            .map(|target| (target, expression.span)),
        None => {
            if !settings.is_faulty {
                context.errors.add(
                    declaration.span(),
                    format!("schedule `{}` does not say what it calls", declaration.name()),
                    "write `target = Report`, a struct with `#[lambda]`, `#[sqs]`, `#[sns]` or `#[state_machine]`",
                );
            }
            return None;
        }
    };
    let (target, span) = named?;
    let mut arn = delivery::arn(&target);
    arn.origin = context.origin(span);
    body.set("arn", arn);
    if let Some(receiver) = delivery::receiver_of(&target) {
        statements.extend(delivery::statements(context, &target, receiver));
    }
    if let Some(input) = settings.value("input") {
        let origin = settings
            .find("input")
            .map_or(context.here, |one| one.origin);
        body.set(EntryKey::new("input", origin), delivery::input(input));
    }
    if let Some(group) = settings.value("message_group") {
        let group = Object::new().with("message_group_id", group.clone());
        body.push_block("sqs_parameters", group.into());
    }
    if let (Some(setting), Some(retry)) = (settings.find("retry"), settings.block("retry")) {
        let key = EntryKey::new("retry_policy", setting.origin);
        body.push_block(key, delivery::retry(retry));
    }
    if let (Some(setting), Some(expression)) = (settings.find("dlq"), settings.raw("dlq")) {
        let (queue, key, value) = delivery::dead_letters(context, setting, expression);
        body.push_block(key, value);
        // The scheduler writes to the queue with the same role.
        let is_target = matches!((&queue, &expression.kind), (Some(queue), ExpressionKind::Name(_)) if queue.name() == target.name());
        if let Some(queue) = queue.filter(|_| !is_target) {
            if let Some(receiver) = delivery::receiver_of(&queue) {
                statements.extend(delivery::statements(context, &queue, receiver));
            }
        }
    }
    Some(body)
}

/// Source: EventBridge Scheduler User Guide, "Confused deputy prevention in EventBridge Scheduler": the
/// condition names the group, and never one schedule.
fn role(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    (name, group): (&Value, &Group),
    statements: Vec<Object>,
) -> Target {
    let id = declaration.id;
    let account = context.account_id();
    let statement = service_role::assumed_by(
        "scheduler.amazonaws.com",
        vec![
            tls_only::condition("StringEquals", "aws:SourceAccount", vec![account]),
            tls_only::condition("ArnEquals", "aws:SourceArn", vec![group.arn.clone()]),
        ],
    );
    let assume = if group.is_shared {
        let id = "scheduler_assume_role";
        let mut block = Block::data("aws_iam_policy_document", id);
        block.body.set("statement", vec![statement.into()]);
        context.shared(block);
        Reference::data("aws_iam_policy_document", id, "json").into()
    } else {
        context.policy(&format!("{id}_assume_role"), vec![statement])
    };
    service_role::with_policy(context, id, name, assume, statements)
}
