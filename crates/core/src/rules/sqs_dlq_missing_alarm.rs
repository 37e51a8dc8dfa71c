//! Somebody is told when a message reaches a dead-letter queue.

use super::alarms::{QUEUES, Watched};
use super::lookup::{declared_name, owner};
use super::redrives::{is_dead_letter_queue, takes_failures};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "sqs_dlq_missing_alarm",
    summary: "a dead-letter queue has an alarm on the number of messages in it",
    explanation: "A message in a dead-letter queue is one that was not processed; without an alarm it is deleted \
        at the end of its retention and nobody notices. The metric to watch is \
        `ApproximateNumberOfMessagesVisible`. `NumberOfMessagesSent` is no substitute: SQS does not count a \
        message that it moves there after too many receives as sent.",
    severity: Severity::Deny,
    source: "Amazon SQS Developer Guide, \"Creating alarms for dead-letter queues using Amazon CloudWatch\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let watched = Watched::new(graph, QUEUES, |metric| {
        metric == "ApproximateNumberOfMessagesVisible"
    });
    for queue in graph.resources("aws_sqs_queue") {
        let is_meant = is_dead_letter_queue(queue) || takes_failures(queue);
        if is_meant && !watched.includes(queue) {
            findings
                .at(
                    queue,
                    queue.origin(),
                    format!("dead-letter {} has no alarm on the messages in it", queue.describe()),
                )
                .because("failed messages lie there until SQS deletes them, and nobody is told")
                .help(format!(
                    "write `#[alarm({}.approximate_number_of_messages_visible >= 1, period = \"1m\", notify = Alerts)]` (Terraform: `aws_cloudwatch_metric_alarm` with the dimension `QueueName`)",
                    path(queue),
                ));
        }
    }
}

/// What the queue is called in an alarm: by its own declaration, or as the `dlq` of another queue's.
fn path(queue: Resource<'_>) -> String {
    match owner(queue) {
        Some(owner) if owner.main == queue.block.address().as_str() => owner.name.clone(),
        _ => format!("{}.dlq", declared_name(queue, "Events")),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(alarm: &str) -> String {
        format!(
            r#"{{"resource": {{
            "aws_sqs_queue": {{
                "dlq": {{"name": "dlq"}},
                "events": {{"redrive_policy": "${{jsonencode({{deadLetterTargetArn = aws_sqs_queue.dlq.arn}})}}"}}}},
            "aws_cloudwatch_metric_alarm": {{"a": {{"namespace": "AWS/SQS", {alarm}}}}}}}}}"#
        )
    }

    #[test]
    fn only_the_number_of_visible_messages_counts() {
        let on = |metric: &str, queue: &str| {
            stack(&format!(
                r#""metric_name": "{metric}", "dimensions": {{"QueueName": "{queue}"}}"#
            ))
        };
        let dlq = "${aws_sqs_queue.dlq.name}";
        passes(&RULE, &on("ApproximateNumberOfMessagesVisible", dlq));
        passes(&RULE, &on("ApproximateNumberOfMessagesVisible", "dlq"));
        fires(
            &RULE,
            &on("NumberOfMessagesSent", dlq),
            "dead-letter queue `aws_sqs_queue.dlq` has no alarm",
        );
        fires(
            &RULE,
            &on("ApproximateAgeOfOldestMessage", dlq),
            "has no alarm",
        );
        fires(
            &RULE,
            &on(
                "ApproximateNumberOfMessagesVisible",
                "${aws_sqs_queue.events.name}",
            ),
            "has no alarm",
        );
    }

    #[test]
    fn a_queue_that_is_no_dead_letter_queue_is_left_alone() {
        passes(&RULE, r#"{"resource": {"aws_sqs_queue": {"events": {}}}}"#);
    }
}
