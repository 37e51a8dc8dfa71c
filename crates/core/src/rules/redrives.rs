//! Which queue sends its failed messages to which, in either of Terraform's forms.

use super::lookup::referred;
use crate::graph::Resource;

/// A redrive policy, seen from the dead-letter queue.
pub(super) struct Redrive<'g> {
    /// The queue whose messages fail, when it is in the stack.
    pub(super) source: Option<Resource<'g>>,
    /// The resource that holds the `redrive_policy`: the source, or an `aws_sqs_queue_redrive_policy`.
    pub(super) holder: Resource<'g>,
}

/// The redrive policies that name `queue` as the dead-letter queue.
pub(super) fn redrives(queue: Resource<'_>) -> impl Iterator<Item = Redrive<'_>> {
    let own = queue
        .referrers("aws_sqs_queue", "redrive_policy")
        .map(|source| Redrive {
            source: Some(source),
            holder: source,
        });
    let separate = queue
        .referrers("aws_sqs_queue_redrive_policy", "redrive_policy")
        .map(|holder| Redrive {
            source: holder
                .get("queue_url")
                .and_then(|url| referred(holder.graph, url, "aws_sqs_queue")),
            holder,
        });
    own.chain(separate)
}

/// Where failures of other resources go, and the argument that says so.
const FAILURES: [(&str, &str, &str); 6] = [
    (
        "aws_sns_topic_subscription",
        "redrive_policy",
        "redrive_policy",
    ),
    (
        "aws_lambda_event_source_mapping",
        "destination_config",
        "destination_config.on_failure",
    ),
    (
        "aws_lambda_function_event_invoke_config",
        "destination_config",
        "destination_config.on_failure",
    ),
    (
        "aws_lambda_function",
        "dead_letter_config",
        "dead_letter_config",
    ),
    (
        "aws_cloudwatch_event_target",
        "dead_letter_config",
        "dead_letter_config",
    ),
    (
        "aws_scheduler_schedule",
        "target",
        "target.dead_letter_config",
    ),
];

/// Whether a subscription, a function, a rule or a schedule puts its failures into this queue.
pub(super) fn takes_failures(queue: Resource<'_>) -> bool {
    FAILURES.iter().any(|(type_name, argument, path)| {
        queue.referrers(type_name, argument).any(|holder| {
            holder
                .get(path)
                .and_then(|value| referred(holder.graph, value, "aws_sqs_queue"))
                .is_some_and(|named| named.is(queue))
        })
    })
}

/// Whether another queue sends its failed messages to this one.
pub(super) fn is_dead_letter_queue(queue: Resource<'_>) -> bool {
    redrives(queue).any(|redrive| redrive.source.is_none_or(|source| !source.is(queue)))
}

/// Whether the queue has a dead-letter queue.
pub(super) fn has_dead_letter_queue(queue: Resource<'_>) -> bool {
    queue.get("redrive_policy").is_some()
        || queue
            .referrers("aws_sqs_queue_redrive_policy", "queue_url")
            .next()
            .is_some()
}
