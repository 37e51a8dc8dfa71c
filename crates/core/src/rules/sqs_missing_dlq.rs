//! A queue needs somewhere to put what cannot be processed.

use super::redrives::takes_failures;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "sqs_missing_dlq",
    summary: "a queue has a dead-letter queue",
    explanation: "A message that fails is received again and again until its retention ends, and then it is \
        deleted: one bad message slows the queue down for days and is lost in the end. With a dead-letter \
        queue it is set aside after a number of receives, where an alarm can see it and a redrive can bring \
        it back. A queue that is itself a dead-letter queue, or takes the failures of a function, needs none.",
    severity: Severity::Deny,
    source: "Amazon SQS Developer Guide, \"Using dead-letter queues in Amazon SQS\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for queue in graph.resources("aws_sqs_queue") {
        let has_own = queue.get("redrive_policy").is_some()
            || queue
                .referrers("aws_sqs_queue_redrive_policy", "queue_url")
                .next()
                .is_some();
        let is_one = queue
            .referrers("aws_sqs_queue", "redrive_policy")
            .next()
            .is_some()
            || queue
                .referrers("aws_sqs_queue_redrive_policy", "redrive_policy")
                .next()
                .is_some()
            || queue.get("redrive_allow_policy").is_some()
            || takes_failures(queue);
        if !has_own && !is_one {
            findings
                .at(queue, queue.origin(), format!("{} has no dead-letter queue", queue.describe()))
                .because("a message that keeps failing is retried until its retention ends, then deleted")
                .help("write `dlq(max_receives = 5)` in `#[sqs(…)]` (Terraform: `redrive_policy`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_queue_without_one_is_found_once() {
        fires(
            &RULE,
            r#"{"resource": {"aws_sqs_queue": {"events": {"name": "events"}}}}"#,
            "queue `aws_sqs_queue.events` has no dead-letter queue",
        );
    }

    #[test]
    fn a_queue_with_one_passes_and_so_does_the_dlq() {
        passes(
            &RULE,
            r#"{"resource": {"aws_sqs_queue": {
            "dlq": {"name": "dlq"},
            "events": {"redrive_policy": "${jsonencode({deadLetterTargetArn = aws_sqs_queue.dlq.arn, maxReceiveCount = 5})}"}}}}"#,
        );
        passes(
            &RULE,
            r#"{"resource": {
            "aws_sqs_queue": {"dlq": {"name": "dlq"}, "events": {"name": "events"}},
            "aws_sqs_queue_redrive_policy": {"events": {"queue_url": "${aws_sqs_queue.events.id}",
                "redrive_policy": "${jsonencode({deadLetterTargetArn = aws_sqs_queue.dlq.arn})}"}}}}"#,
        );
    }
}
