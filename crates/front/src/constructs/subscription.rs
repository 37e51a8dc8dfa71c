//! Subscriptions to a topic: of a function by `trigger(Topic, …)`, of a queue by `subscribe(Topic, …)`.

use webhook_infra_core::{Address, Block, Key as EntryKey, Object, Origin, Value, ValueKind};

use super::policy_statements::PolicyStatement;
use super::{Key, Setting, Settings, Shape, failures};
use crate::context::{Context, Declaration, Scope, attribute, unknown};
use crate::syntax::{Entry, EntryKind};

pub(super) const FILTER: Key = Key::new(
    "filter",
    Shape::Value,
    "Which messages come through: `filter = { \"status\" = [\"paid\"] }`. All of them when absent.",
);
pub(super) const FILTER_SCOPE: Key = Key::sets(
    "filter_policy_scope",
    "filter_scope",
    Shape::Text,
    "What the filter looks at: `\"MessageAttributes\"`, which is AWS's default, or `\"MessageBody\"`.",
);
pub(super) const DLQ: Key = Key::new(
    "dlq",
    Shape::Raw,
    "The queue for messages that cannot be delivered: a struct with `#[sqs]`, or `Events.dlq`. FIFO for a FIFO topic, standard for a standard one.",
);

/// `subscribe(Topic, …)` of a queue.
pub(super) const KEYS: &[Key] = &[
    FILTER,
    FILTER_SCOPE,
    Key::sets(
        "raw_message_delivery",
        "raw",
        Shape::Flag,
        "The queue gets the message as it was published, without SNS's envelope.",
    ),
    DLQ,
];

pub(super) const TYPE: &str = "aws_sns_topic_subscription";

/// Who subscribes to what.
pub(super) struct Subscription<'t, 's> {
    pub(super) id: String,
    pub(super) topic: &'t Declaration<'s>,
    pub(super) protocol: &'static str,
    pub(super) endpoint: Value,
    /// What has to be there first, so that no message is lost.
    pub(super) after: Vec<Value>,
    pub(super) origin: Origin,
}

pub(super) fn lower(
    context: &mut Context<'_>,
    subscription: Subscription<'_, '_>,
    settings: &Settings,
) {
    let mut after = subscription.after;
    let mut body = settings.arguments();
    body.set("topic_arn", attribute(&subscription.topic.target(), "arn"));
    body.set("protocol", subscription.protocol);
    body.set("endpoint", subscription.endpoint);
    if let (Some(setting), Some(filter)) = (settings.find("filter"), settings.value("filter")) {
        let filter = match filter.kind {
            ValueKind::Object(_) => ValueKind::json(filter.clone()).at(filter.origin),
            _ => filter.clone(),
        };
        body.set(EntryKey::new("filter_policy", setting.origin), filter);
    }
    if let (Some(setting), Some(expression)) = (settings.find("dlq"), settings.raw("dlq")) {
        let policy = match failures::queue(context, expression) {
            Some(queue) => {
                after.extend(queue.policy().map(Value::from));
                ValueKind::json(Object::new().with("deadLetterTargetArn", queue.arn))
                    .at(setting.origin)
            }
            None => unknown(),
        };
        body.set(EntryKey::new("redrive_policy", setting.origin), policy);
    }
    body.set_default("depends_on", after);
    let mut block = Block::resource(TYPE, &subscription.id);
    block.origin = subscription.origin;
    block.body = body;
    context.push(block);
}

/// Subscribes a queue to the topics that it names.
pub(super) fn lower_queue<'s>(
    context: &mut Context<'s>,
    queue: &Declaration<'s>,
    settings: &Settings,
) {
    let subscriptions = settings
        .blocks("subscribe")
        .map(|(setting, block)| (setting.clone(), block.clone()))
        .collect::<Vec<(Setting, Settings)>>();
    for (setting, settings) in subscriptions {
        let Some(expression) = settings.positional.first() else {
            if !settings.is_faulty {
                context.errors.add(
                    setting.span,
                    "`subscribe(…)` does not say to what",
                    "write the topic first: `subscribe(Orders, dlq = Failed)`",
                );
            }
            continue;
        };
        let Some(topic) = context.expect_declared(expression, &["sns"], "subscribed to") else {
            continue;
        };
        let span = expression.span;
        // Each instance of the queue subscribes; of topics there has to be one.
        if !failures::is_single(context, &topic, span) {
            continue;
        }
        let policy = Address::new(format!("aws_sqs_queue_policy.{}", queue.id));
        lower(
            context,
            Subscription {
                id: format!("{}_{}", queue.id, topic.id),
                topic: &topic,
                protocol: "sqs",
                endpoint: attribute(&queue.target(), "arn"),
                after: vec![policy.into()],
                origin: setting.origin,
            },
            &settings,
        );
    }
}

/// The topic that stands first among these entries.
pub(super) fn topic<'s>(entries: &[Entry], scope: &Scope<'s>) -> Option<Declaration<'s>> {
    let declared = scope.declarations.get(&failures::first(entries)?)?;
    (declared.construct.name == "sns").then_some(*declared)
}

/// A queue takes messages of the topics that it subscribes to, and their dead-letter queues do.
pub(super) fn wants(queue: &Declaration<'_>, scope: &Scope<'_>) -> Vec<(String, PolicyStatement)> {
    let mut wanted = Vec::new();
    for entry in &queue.annotation.entries {
        let EntryKind::Block(key, entries) = &entry.kind else {
            continue;
        };
        if key != "subscribe" {
            continue;
        }
        let Some(topic) = topic(entries, scope) else {
            continue;
        };
        let statement = PolicyStatement::new(&topic, "sns.amazonaws.com");
        wanted.push((queue.name(), statement.clone()));
        wanted.extend(failures::named(entries, "dlq").map(|queue| (queue, statement)));
    }
    wanted
}
