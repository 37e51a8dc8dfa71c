//! What a bucket tells of its objects: one `aws_s3_bucket_notification`, whatever asks for it, since AWS
//! keeps one and every other would overwrite it.

use webhook_infra_core::{Address, Block, Object, Origin, OwnerId, Value, ValueKind};

use super::policy_statements::PolicyStatement;
use super::trigger::notification_body;
use super::{Settings, failures};
use crate::context::{Context, Declaration, Scope, attribute};
use crate::syntax::EntryKind;

/// One entry of a bucket's notification.
pub(crate) struct Notification {
    /// The nested block: `lambda_function`, `queue` or `topic`.
    pub(super) block: &'static str,
    pub(super) body: Object,
    pub(super) origin: Origin,
    /// What has to be there first: S3 tries whether it may write when the notification is made.
    pub(super) after: Option<Address>,
}

/// The nested block, the argument in it, and the policy for each construct that a bucket can notify.
const RECEIVERS: [(&str, &str, &str, &str); 2] = [
    ("sqs", "queue", "queue_arn", "aws_sqs_queue_policy"),
    ("sns", "topic", "topic_arn", "aws_sns_topic_policy"),
];

/// Takes down `notify(Queue, …)` of a bucket.
pub(super) fn notify(context: &mut Context<'_>, bucket: &Declaration<'_>, settings: &Settings) {
    let blocks = settings
        .blocks("notify")
        .map(|(setting, block)| (setting.clone(), block.clone()))
        .collect::<Vec<_>>();
    for (setting, settings) in blocks {
        let Some(expression) = settings.positional.first() else {
            if !settings.is_faulty {
                context.errors.add(
                    setting.span,
                    "`notify(…)` does not say whom",
                    "write the queue or topic first: `notify(Uploads, events = [\"s3:ObjectCreated:*\"])`",
                );
            }
            continue;
        };
        let Some(receiver) =
            context.expect_declared(expression, &["sqs", "sns"], "notified by a bucket")
        else {
            continue;
        };
        let span = expression.span;
        if !failures::is_single(context, &receiver, span)
            || !failures::is_single(context, bucket, span)
        {
            continue;
        }
        let kind = receiver.construct.name;
        let Some((_, block, argument, policy)) = RECEIVERS.iter().find(|(name, ..)| *name == kind)
        else {
            continue;
        };
        let mut arn = attribute(&receiver.target(), "arn");
        arn.origin = context.origin(expression.span);
        let mut body = Object::new().with(*argument, arn);
        notification_body(&settings, &mut body);
        let notification = Notification {
            block,
            body,
            origin: setting.origin,
            after: Some(Address::new(format!("{policy}.{}", receiver.id))),
        };
        let entry = context.notifications.entry(bucket.name()).or_default();
        entry.push(notification);
    }
}

/// The queues and topics that a bucket notifies take what S3 sends for it.
pub(super) fn wants(bucket: &Declaration<'_>, scope: &Scope<'_>) -> Vec<(String, PolicyStatement)> {
    let entries = bucket.annotation.entries.iter();
    entries
        .filter_map(|entry| match &entry.kind {
            EntryKind::Block(key, entries) if key == "notify" => failures::first(entries),
            _ => None,
        })
        .filter(|name| scope.declarations.contains_key(name))
        .map(|name| (name, PolicyStatement::new(bucket, "s3.amazonaws.com")))
        .collect()
}

/// Makes the notification of each bucket, when everything that asks for one is lowered. `order` are the
/// declarations with their owners.
pub(crate) fn lower<'s>(context: &mut Context<'s>, order: &[(Declaration<'s>, OwnerId)]) {
    let mut all = std::mem::take(&mut context.notifications);
    for (bucket, owner) in order {
        let Some(notifications) = all.remove(&bucket.name()) else {
            continue;
        };
        let mut body = Object::new().with("bucket", attribute(&bucket.target(), "id"));
        let mut after = Vec::<Value>::new();
        let origin = context.origin(bucket.span());
        for notification in notifications {
            // EventBridge is a flag, everything else a block.
            if notification.block == "eventbridge" {
                let flag = ValueKind::Bool(true).at(notification.origin);
                body.set(notification.block, flag);
                continue;
            }
            let block = ValueKind::Object(notification.body).at(notification.origin);
            body.push_block(notification.block, block);
            let address = notification.after.map(Value::from);
            after.extend(address.filter(|address| !after.contains(address)));
        }
        if !after.is_empty() {
            body.set("depends_on", after);
        }
        let mut block = Block::resource("aws_s3_bucket_notification", bucket.id);
        block.origin = origin;
        block.body = body;
        context.owner = Some(*owner);
        context.push(block);
    }
    context.owner = None;
}
