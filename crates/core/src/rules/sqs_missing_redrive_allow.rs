//! A dead-letter queue says whose messages it takes.

use super::redrives::is_dead_letter_queue;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "sqs_missing_redrive_allow",
    summary: "a dead-letter queue names the queues that may use it",
    explanation: "Without a redrive allow policy, any queue of the account and region may choose this one as its \
        dead-letter queue. Strange messages then set off its alarm and get in the way of a redrive. \
        `redrivePermission = \"byQueue\"` takes up to ten source queues.",
    severity: Severity::Warn,
    source: "Amazon SQS API Reference, \"SetQueueAttributes\" (RedriveAllowPolicy)",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for queue in graph.resources("aws_sqs_queue") {
        let is_restricted = queue.get("redrive_allow_policy").is_some()
            || queue
                .referrers("aws_sqs_queue_redrive_allow_policy", "queue_url")
                .next()
                .is_some();
        if !is_restricted && is_dead_letter_queue(queue) {
            findings
                .at(
                    queue,
                    queue.origin(),
                    format!("dead-letter {} takes messages of any queue in the account", queue.describe()),
                )
                .because("SQS lets every queue of the account and region redrive to it")
                .help("write `dlq(…)` in `#[sqs(…)]` without `to`, which restricts it to its queue (Terraform: `aws_sqs_queue_redrive_allow_policy` with `redrivePermission = \"byQueue\"`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(dlq: &str, rest: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sqs_queue": {{
            "dlq": {{{dlq}}},
            "events": {{"redrive_policy": "${{jsonencode({{deadLetterTargetArn = aws_sqs_queue.dlq.arn}})}}"}}}}{rest}}}}}"#
        )
    }

    #[test]
    fn only_a_dead_letter_queue_needs_one() {
        fires(
            &RULE,
            &stack("", ""),
            "dead-letter queue `aws_sqs_queue.dlq` takes messages of any queue",
        );
        passes(&RULE, r#"{"resource": {"aws_sqs_queue": {"events": {}}}}"#);
    }

    #[test]
    fn both_forms_pass() {
        passes(
            &RULE,
            &stack(
                r#""redrive_allow_policy": "${jsonencode({redrivePermission = \"denyAll\"})}""#,
                "",
            ),
        );
        passes(
            &RULE,
            &stack(
                "",
                r#", "aws_sqs_queue_redrive_allow_policy": {"d": {
            "queue_url": "${aws_sqs_queue.dlq.id}",
            "redrive_allow_policy": "${jsonencode({redrivePermission = \"byQueue\", sourceQueueArns = [aws_sqs_queue.events.arn]})}"}}"#,
            ),
        );
    }
}
