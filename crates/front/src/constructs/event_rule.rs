//! `#[event_rule]`: which events of a bus go where.

use webhook_infra_core::{Block, Key as EntryKey, Object, Target, Value};

use super::policy_statements::PolicyStatement;
use super::{
    Construct, Key, PartName, Setting, Settings, Shape, delivery, lambda_alias, service_role,
    tls_only,
};
use crate::context::{Context, Declaration, Scope, attribute, unknown};
use crate::syntax::{Entry, EntryKind, ExpressionKind};

const KEYS: &[Key] = &[
    Key::sets(
        "name",
        "name",
        Shape::Text,
        "The rule's name. At most 64 letters, digits and `-_.`. Default: the stack's name and the struct's.",
    ),
    Key::new(
        "bus",
        Shape::Raw,
        "The `#[event_bus]` whose events are looked at. The account's default bus when absent, which has the events of AWS.",
    ),
    Key::new(
        "pattern",
        Shape::Value,
        "Which events: a map like the event, with a list of what is wanted in place of each value. `pattern = { \"source\" = [\"shop\"], \"detail-type\" = [{ \"prefix\" = \"Order\" }] }`.",
    ),
    Key::new(
        "target",
        Shape::Resource(TARGET, "aws_cloudwatch_event_target"),
        "Where they go, up to five: `target(Handler, dlq = Failed)`, a struct with `#[lambda]`, `#[sqs]`, `#[sns]`, `#[state_machine]`, `#[kinesis]` or `#[event_bus]`.",
    ),
];

const TARGET: &[Key] = &[
    Key::new(
        "dlq",
        Shape::Raw,
        "The `#[sqs]` struct where events go that could not be delivered.",
    ),
    Key::new(
        "retry",
        Shape::Block(delivery::RETRY),
        "How often and for how long delivery is tried again: `retry(attempts = 2, max_age = \"1h\")`.",
    ),
    Key::new(
        "input",
        Shape::Value,
        "What the target gets in place of the event, as a map that becomes JSON, or as a text.",
    ),
    Key::new(
        "message_group",
        Shape::Text,
        "The message group, when the target is a FIFO queue.",
    ),
];

const TARGETS: [&str; 6] = [
    "lambda",
    "sqs",
    "sns",
    "state_machine",
    "kinesis",
    "event_bus",
];

pub(super) static EVENT_RULE: Construct = Construct {
    name: "event_rule",
    summary: "A rule of an event bus: which events go to which functions, queues, topics and state machines",
    main: "aws_cloudwatch_event_rule",
    keys: KEYS,
    fields: &[],
    parts: &[PartName {
        name: "role",
        resource: "aws_iam_role",
        suffix: "",
    }],
    aliases: &[],
    marker: "EventRule",
    target: |declaration| declaration.resource(),
    lower,
};

const SERVICE: &str = "events.amazonaws.com";

/// The queues that a rule writes to, as targets and as dead-letter queues. Topics are written to by a
/// role: EventBridge takes no conditions in their policies.
pub(super) fn wants<'s>(
    rule: &Declaration<'s>,
    scope: &Scope<'s>,
) -> Vec<(String, PolicyStatement)> {
    let targets = rule
        .annotation
        .entries
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Block(key, entries) if key == "target" => Some(entries),
            _ => None,
        });
    targets
        .flatten()
        .filter_map(named)
        .filter(|name| {
            let declared = scope.declarations.get(name);
            declared.is_some_and(|declared| declared.construct.name == "sqs")
        })
        .map(|name| (name, PolicyStatement::new(rule, SERVICE)))
        .collect()
}

/// The struct that an entry of `target(…)` names.
fn named(entry: &Entry) -> Option<String> {
    let value = match &entry.kind {
        EntryKind::Flag(name) => return Some(name.to_string()),
        EntryKind::Assign(key, value) if key == "dlq" => value,
        EntryKind::Positional(value) => value,
        _ => return None,
    };
    match &value.kind {
        ExpressionKind::Name(name) => Some(name.to_string()),
        _ => None,
    }
}

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
    let bus = bus(context, &settings, &body);
    if let Some(bus) = &bus {
        body.set("event_bus_name", bus.clone());
    }
    let pattern = settings.find("pattern").zip(settings.value("pattern"));
    if let Some((setting, pattern)) = pattern {
        let key = EntryKey::new("event_pattern", setting.origin);
        body.set(key, delivery::input(pattern));
    } else if body.get("event_pattern").is_none() && body.get("schedule_expression").is_none() {
        body.set("event_pattern", unknown());
        if !settings.is_faulty {
            context.errors.add(
                declaration.span(),
                format!(
                    "rule `{}` does not say which events it is for",
                    declaration.name()
                ),
                "write `pattern = { \"source\" = [\"shop\"] }`",
            );
        }
    }
    context.resource("aws_cloudwatch_event_rule", id, body);
    let targets = settings
        .blocks("target")
        .map(|(setting, block)| (setting.clone(), block.clone()))
        .collect::<Vec<_>>();
    if targets.is_empty() && !settings.is_faulty {
        context.errors.add(
            declaration.span(),
            format!(
                "rule `{}` has no target, so nothing comes of its events",
                declaration.name()
            ),
            "add `target(Handler, dlq = Failed)`",
        );
    }
    let mut statements = Vec::new();
    for (setting, block) in &targets {
        one_target(
            context,
            declaration,
            (setting, block),
            bus.as_ref(),
            &mut statements,
        );
    }
    if !statements.is_empty() {
        role(context, declaration, &name, statements);
    }
}

/// The name of the bus, when it is not the account's default one.
fn bus(context: &mut Context<'_>, settings: &Settings, body: &Object) -> Option<Value> {
    let Some(expression) = settings.raw("bus") else {
        return body.get("event_bus_name").cloned();
    };
    let bus = context.expect_declared(expression, &["event_bus"], "the bus of a rule");
    Some(bus.map_or_else(unknown, |bus| attribute(&bus.target(), "name")))
}

fn one_target(
    context: &mut Context<'_>,
    rule: &Declaration<'_>,
    (setting, settings): (&Setting, &Settings),
    bus: Option<&Value>,
    statements: &mut Vec<Object>,
) {
    let Some(expression) = settings.positional.first() else {
        if !settings.is_faulty {
            context.errors.add(
                setting.span,
                "`target(…)` does not say what it is",
                "write the struct first: `target(Handler, dlq = Failed)`",
            );
        }
        return;
    };
    let Some(target) = context.expect_declared(expression, &TARGETS, "the target of a rule") else {
        return;
    };
    let id = format!("{}_{}", rule.id, target.id);
    let mut body = settings.arguments();
    body.set("rule", attribute(&rule.target(), "name"));
    if let Some(bus) = bus {
        body.set("event_bus_name", bus.clone());
    }
    body.set_default("target_id", target.kebab_name());
    let mut arn = delivery::arn(&target);
    arn.origin = context.origin(expression.span);
    body.set("arn", arn);
    if let Some((setting, input)) = settings.find("input").zip(settings.value("input")) {
        let key = EntryKey::new("input", setting.origin);
        body.set(key, delivery::input(input));
    }
    if let Some(group) = settings.value("message_group") {
        let group = Object::new().with("message_group_id", group.clone());
        body.push_block("sqs_target", group.into());
    }
    if let Some((setting, retry)) = settings.find("retry").zip(settings.block("retry")) {
        let key = EntryKey::new("retry_policy", setting.origin);
        body.push_block(key, delivery::retry(retry));
    }
    if let Some((setting, expression)) = settings.find("dlq").zip(settings.raw("dlq")) {
        let (_, key, value) = delivery::dead_letters(context, setting, expression);
        body.push_block(key, value);
    }
    match target.construct.name {
        "lambda" => {
            let source = attribute(&rule.target(), "arn");
            lambda_alias::invoked(&target).permit(context, &id, SERVICE, "EventBridge", source);
        }
        // The queue's own policy lets the rule in.
        "sqs" => {}
        _ => {
            if let Some(receiver) = delivery::receiver_of(&target) {
                statements.extend(delivery::statements(context, &target, receiver));
            }
            let caller = Target::Resource("aws_iam_role".to_owned(), rule.id.to_owned());
            body.set_default("role_arn", attribute(&caller, "arn"));
        }
    }
    let mut block = Block::resource("aws_cloudwatch_event_target", &id);
    block.origin = setting.origin;
    block.body = body;
    context.push(block);
}

/// One role for the targets that need one. Source: Amazon EventBridge User Guide, "Cross-service confused
/// deputy prevention in Amazon EventBridge".
fn role(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    name: &Value,
    statements: Vec<Object>,
) {
    let id = declaration.id;
    let account = context.account_id();
    let source = attribute(&declaration.target(), "arn");
    let statement = service_role::assumed_by(
        SERVICE,
        vec![
            tls_only::condition("StringEquals", "aws:SourceAccount", vec![account]),
            tls_only::condition("ArnEquals", "aws:SourceArn", vec![source]),
        ],
    );
    let assume = context.policy(&format!("{id}_assume_role"), vec![statement]);
    service_role::with_policy(context, id, name, assume, statements);
}
