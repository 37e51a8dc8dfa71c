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
