//! `trigger(Topic, …)`: a subscription of the function.

use webhook_infra_core::Value;

use super::super::policy_statements::PolicyStatement;
use super::super::{failures, subscription};
use super::{Key, Trigger, permit};
use crate::context::{Context, Declaration, Scope};
use crate::syntax::EntryKind;

pub(super) const KEYS: &[Key] = &[
    subscription::FILTER,
    subscription::FILTER_SCOPE,
    subscription::DLQ,
];

pub(super) fn lower(context: &mut Context<'_>, trigger: &Trigger<'_, '_>, topic: &Declaration<'_>) {
    let permission = permit(context, trigger, "sns.amazonaws.com");
    subscription::lower(
        context,
        subscription::Subscription {
            id: trigger.id(),
            topic,
            protocol: "lambda",
            endpoint: trigger.function_arn(),
            after: vec![Value::from(permission)],
            origin: trigger.setting.origin,
        },
        trigger.settings,
    );
}

/// The dead-letter queues of a function's subscriptions take messages of the topics.
pub(in super::super) fn wants(
    function: &Declaration<'_>,
    scope: &Scope<'_>,
) -> Vec<(String, PolicyStatement)> {
    let triggers = function.annotation.entries.iter();
    triggers
        .filter_map(|entry| match &entry.kind {
            EntryKind::Block(key, entries) if key == "trigger" => Some(entries),
            _ => None,
        })
        .filter_map(|entries| {
            let topic = subscription::topic(entries, scope)?;
            let queue = failures::named(entries, "dlq")?;
            Some((queue, PolicyStatement::new(&topic, "sns.amazonaws.com")))
        })
        .collect()
}
