//! `trigger(Queue, …)`.

use webhook_infra_core::{Key as EntryKey, Object, Value, ValueKind};

use super::super::grants;
use super::super::statement::allow;
use super::{Key, Shape, Trigger, mapping};
use crate::context::Context;

pub(super) const KEYS: &[Key] = &[
    Key::sets(
        "batch_size",
        "batch_size",
        Shape::Number,
        "How many messages an invocation gets at most. 1 to 10,000 (10 for a FIFO queue); above 10 it needs a `batching_window`. 10 when absent.",
    ),
    Key::sets(
        "maximum_batching_window_in_seconds",
        "batching_window",
        Shape::Seconds,
        "How long Lambda waits for a batch to fill. 0 s to 300 s.",
    ),
    Key::new(
        "max_concurrency",
        Shape::Number,
        "How many invocations this queue may have at once. 2 to 1,000, and not more than the function's reserved concurrency: what Lambda cannot run comes back as a failed receive.",
    ),
    mapping::FILTER,
    mapping::PARTIAL,
];

const ACTIONS: [&str; 3] = [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
];

pub(super) fn lower(context: &mut Context<'_>, trigger: &Trigger<'_, '_>) -> Vec<Value> {
    let settings = trigger.settings;
    let mut body = settings.arguments();
    if let (Some(setting), Some(value)) = (
        settings.find("max_concurrency"),
        settings.value("max_concurrency"),
    ) {
        let scaling = Object::new().with("maximum_concurrency", value.clone());
        body.push_block(
            EntryKey::new("scaling_config", setting.origin),
            ValueKind::Object(scaling).at(setting.origin),
        );
    }
    let name = trigger.source.name();
    let arn = trigger.source_attribute(context, "arn");
    mapping::lower(context, trigger, &arn, body);
    let mut statements = vec![allow(format!("Receive{name}"), &ACTIONS, vec![arn]).into()];
    statements.extend(decrypt(context, trigger));
    statements
}

/// What the role needs of the source's key, when it is one of the stack's own.
pub(super) fn decrypt(context: &mut Context<'_>, trigger: &Trigger<'_, '_>) -> Option<Value> {
    let sid = format!("Decrypt{}", trigger.source.name());
    grants::key_statement(context, &trigger.source, &sid, &["kms:Decrypt"])
}
