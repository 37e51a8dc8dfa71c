//! What a schedule and a rule's target have in common: whom they call, by which right, how often they try,
//! and where what fails goes.

use webhook_infra_core::{Key as EntryKey, Object, Value, ValueKind};

use super::capability::WRITE_KEY;
use super::statement::allow;
use super::{Key, Setting, Settings, Shape, grants, lambda_alias};
use crate::context::{Context, Declaration, attribute};
use crate::syntax::Expression;

pub(super) const RETRY: &[Key] = &[
    Key::new(
        "attempts",
        Shape::Number,
        "How often it is tried again. 0 to 185; 185 when absent.",
    ),
    Key::new(
        "max_age",
        Shape::Seconds,
        "How old it may get before it is given up. 60 s to 24 h; 24 h when absent.",
    ),
];

/// The body of `retry_policy`.
pub(super) fn retry(settings: &Settings) -> Value {
    let mut body = Object::new();
    for (key, argument) in [
        ("max_age", "maximum_event_age_in_seconds"),
        ("attempts", "maximum_retry_attempts"),
    ] {
        if let (Some(setting), Some(value)) = (settings.find(key), settings.value(key)) {
            body.set(EntryKey::new(argument, setting.origin), value.clone());
        }
    }
    ValueKind::Object(body).into()
}

/// The text that the target gets: a map or list as JSON, everything else as it is.
pub(super) fn input(value: &Value) -> Value {
    match value.kind {
        ValueKind::Object(_) | ValueKind::List(_) => {
            ValueKind::json(value.clone()).at(value.origin)
        }
        _ => value.clone(),
    }
}

/// Something that can be called, and the action that calls it.
pub(super) struct Receiver {
    pub(super) construct: &'static str,
    /// The action that a role has to be allowed.
    action: &'static str,
    /// What the action needs of a key that encrypts the receiver.
    key_actions: &'static [&'static str],
}

const fn receiver(
    construct: &'static str,
    action: &'static str,
    key_actions: &'static [&'static str],
) -> Receiver {
    Receiver {
        construct,
        action,
        key_actions,
    }
}

/// What EventBridge and its scheduler can call by a role.
const RECEIVERS: [Receiver; 6] = [
    receiver("lambda", "lambda:InvokeFunction", &[]),
    receiver("sqs", "sqs:SendMessage", WRITE_KEY),
    receiver("sns", "sns:Publish", WRITE_KEY),
    receiver("state_machine", "states:StartExecution", &[]),
    receiver("event_bus", "events:PutEvents", &[]),
    receiver("kinesis", "kinesis:PutRecord", WRITE_KEY),
];

/// The receiver that a declaration is.
pub(super) fn receiver_of(declaration: &Declaration<'_>) -> Option<&'static Receiver> {
    let construct = declaration.construct.name;
    RECEIVERS
        .iter()
        .find(|receiver| receiver.construct == construct)
}

/// The ARN to call: that of a function's alias, when it has one.
pub(super) fn arn(declaration: &Declaration<'_>) -> Value {
    if declaration.construct.name == "lambda" {
        return attribute(&lambda_alias::invoked(declaration).target, "arn");
    }
    attribute(&declaration.target(), "arn")
}

/// The statements of a role that may call this and nothing else.
pub(super) fn statements(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    receiver: &Receiver,
) -> Vec<Object> {
    let (_, verb) = receiver.action.split_once(':').unwrap_or_default();
    let sid = format!("{verb}{}", declaration.name());
    let mut statements = vec![allow(
        sid.as_str(),
        &[receiver.action],
        vec![arn(declaration)],
    )];
    if !receiver.key_actions.is_empty() {
        let sid = format!("{sid}Key");
        let key = grants::own_key_statement(context, declaration, &sid, receiver.key_actions);
        statements.extend(key);
    }
    statements
}

/// The queue that `dlq = Failed` names, and the value of `dead_letter_config`.
pub(super) fn dead_letters<'s>(
    context: &mut Context<'s>,
    setting: &Setting,
    expression: &Expression,
) -> (Option<Declaration<'s>>, EntryKey, Value) {
    let key = EntryKey::new("dead_letter_config", setting.origin);
    let queue = context.expect_declared(expression, &["sqs"], "a dead-letter queue");
    let mut arn = queue.map_or_else(crate::context::unknown, |queue| {
        attribute(&queue.target(), "arn")
    });
    arn.origin = context.origin(expression.span);
    (queue, key, Object::new().with("arn", arn).into())
}
