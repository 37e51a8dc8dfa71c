//! A queue that has work to do has an alarm for when the work piles up.

use super::alarms::{QUEUES, Watched};
use super::lookup::declared_name;
use super::redrives::{has_dead_letter_queue, is_dead_letter_queue, takes_failures};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "sqs_missing_backlog_alarm",
    summary: "a queue has an alarm on its backlog or on the age of its oldest message",
    explanation: "A consumer that is throttled, disabled or too slow raises no error: messages wait, grow old and \
        are deleted at the end of their retention. The number of messages in the queue and the age of the oldest \
        one are the only signs. The queues meant are those with an event source mapping or a redrive policy; a \
        dead-letter queue has a rule of its own, `sqs_dlq_missing_alarm`.",
    severity: Severity::Deny,
    source: "Amazon SQS Developer Guide, \"Available CloudWatch metrics for Amazon SQS\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let watched = Watched::new(graph, QUEUES, |metric| {
        metric == "ApproximateAgeOfOldestMessage"
            || metric.starts_with("ApproximateNumberOfMessages")
    });
    for queue in graph.resources("aws_sqs_queue") {
        let is_consumed = queue
            .referrers("aws_lambda_event_source_mapping", "event_source_arn")
            .next()
            .is_some();
        let is_source = is_consumed || has_dead_letter_queue(queue);
        let is_source = is_source && !is_dead_letter_queue(queue) && !takes_failures(queue);
        if is_source && !watched.includes(queue) {
            findings
                .at(queue, queue.origin(), format!("{} has no alarm on its backlog", queue.describe()))
                .because("when the consumer falls behind, messages are deleted at the end of their retention and nobody is told")
                .help(format!(
                    "write `#[alarm({}.approximate_age_of_oldest_message > 300, period = \"1m\", evaluation_periods = 5, notify = Alerts)]` (Terraform: `aws_cloudwatch_metric_alarm` with the dimension `QueueName`)",
                    declared_name(queue, "Events"),
                ));
        }
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
                "dlq": {{}},
                "events": {{"name": "events", "redrive_policy": "${{jsonencode({{deadLetterTargetArn = aws_sqs_queue.dlq.arn}})}}"}}}},
            "aws_lambda_event_source_mapping": {{"again": {{"event_source_arn": "${{aws_sqs_queue.dlq.arn}}"}}}},
            "aws_cloudwatch_metric_alarm": {{"a": {{{alarm}}}}}}}}}"#
        )
    }

    fn metric(namespace: &str, name: &str, queue: &str) -> String {
        format!(
            r#""namespace": "{namespace}", "metric_name": "{name}", "dimensions": {{"QueueName": "{queue}"}}"#
        )
    }

    #[test]
    fn a_source_queue_needs_one_and_a_dead_letter_queue_does_not() {
        fires(
            &RULE,
            &stack(""),
            "queue `aws_sqs_queue.events` has no alarm on its backlog",
        );
        passes(&RULE, r#"{"resource": {"aws_sqs_queue": {"lonely": {}}}}"#);
        fires(
            &RULE,
            r#"{"resource": {"aws_sqs_queue": {"q": {}}, "aws_lambda_event_source_mapping": {"m": {"event_source_arn": "${aws_sqs_queue.q.arn}"}}}}"#,
            "`aws_sqs_queue.q` has no alarm",
        );
    }

    #[test]
    fn the_metric_the_namespace_and_the_queue_have_to_be_right() {
        let queue = "${aws_sqs_queue.events.name}";
        passes(
            &RULE,
            &stack(&metric("AWS/SQS", "ApproximateAgeOfOldestMessage", queue)),
        );
        passes(
            &RULE,
            &stack(&metric(
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                queue,
            )),
        );
        passes(
            &RULE,
            &stack(&metric(
                "AWS/SQS",
                "ApproximateNumberOfMessagesNotVisible",
                "events",
            )),
        );
        fires(
            &RULE,
            &stack(&metric("AWS/SQS", "NumberOfMessagesSent", queue)),
            "no alarm",
        );
        fires(
            &RULE,
            &stack(&metric("AWS/SNS", "ApproximateAgeOfOldestMessage", queue)),
            "no alarm",
        );
        fires(
            &RULE,
            &stack(&metric(
                "AWS/SQS",
                "ApproximateAgeOfOldestMessage",
                "${aws_sqs_queue.dlq.name}",
            )),
            "no alarm",
        );
        fires(
            &RULE,
            &stack(&metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "other")),
            "no alarm",
        );
    }

    #[test]
    fn metric_maths_count() {
        let visible = metric(
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            "${aws_sqs_queue.events.name}",
        );
        passes(
            &RULE,
            &stack(&format!(
                r#""metric_query": [{{"id": "e", "expression": "a + b"}}, {{"id": "a", "metric": [{{{visible}}}]}}]"#
            )),
        );
        fires(
            &RULE,
            &stack(r#""metric_query": [{"id": "e", "expression": "a + b"}]"#),
            "no alarm",
        );
        passes(
            &RULE,
            &stack(
                r#""metric_query": [{"id": "e", "expression": "SELECT MAX(ApproximateAgeOfOldestMessage) FROM SCHEMA(\"AWS/SQS\", QueueName)"}]"#,
            ),
        );
    }

    #[test]
    fn an_alarm_that_may_be_on_the_queue_passes() {
        passes(
            &RULE,
            &stack(&metric(
                "AWS/SQS",
                "ApproximateAgeOfOldestMessage",
                "${var.queue}",
            )),
        );
        passes(
            &RULE,
            &stack(&metric(
                "AWS/SQS",
                "${var.metric}",
                "${aws_sqs_queue.events.name}",
            )),
        );
        passes(
            &RULE,
            &stack(r#""dynamic": {"metric_query": {"for_each": "${var.queries}", "content": {}}}"#),
        );
    }
}
