//! A queue and its dead-letter queue are two queues of one type.

use super::lookup::flag_or_off;
use super::redrives::redrives;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "sqs_dlq_type_mismatch",
    summary: "a dead-letter queue is another queue of the same type, FIFO or standard",
    explanation: "SQS moves messages only between queues of one type: a FIFO queue needs a FIFO dead-letter queue, \
        a standard queue a standard one. It refuses the redrive policy otherwise. A queue cannot set messages \
        aside in itself either.",
    severity: Severity::Reject,
    source: "Amazon SQS Developer Guide, \"Using dead-letter queues in Amazon SQS\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for dlq in graph.resources("aws_sqs_queue") {
        for redrive in redrives(dlq) {
            let Some(source) = redrive.source else {
                continue;
            };
            let origin = redrive
                .holder
                .origin_of("redrive_policy.deadLetterTargetArn");
            if source.is(dlq) {
                findings
                    .at(source, origin, format!("{} is its own dead-letter queue", source.describe()))
                    .because("SQS refuses the redrive policy, since a failed message would never leave the queue")
                    .help("write `dlq(max_receives = 5)` in `#[sqs(…)]`, which makes a second queue (Terraform: `redrive_policy` with the ARN of another queue)");
                continue;
            }
            let (Some(source_is_fifo), Some(dlq_is_fifo)) = (
                flag_or_off(source, "fifo_queue"),
                flag_or_off(dlq, "fifo_queue"),
            ) else {
                continue;
            };
            if source_is_fifo != dlq_is_fifo {
                let kind = |is_fifo| if is_fifo { "FIFO" } else { "standard" };
                findings
                    .at(
                        source,
                        origin,
                        format!(
                            "{} is a {} queue, but its dead-letter {} is a {} one",
                            source.describe(),
                            kind(source_is_fifo),
                            dlq.describe(),
                            kind(dlq_is_fifo),
                        ),
                    )
                    .because("SQS refuses the redrive policy")
                    .related(format!("`fifo_queue` of {}", dlq.describe()), dlq.origin_of("fifo_queue"))
                    .help(format!(
                        "write `dlq(…)` in `#[sqs(…)]` without `to`, which follows the queue's type, or make both FIFO (Terraform: `fifo_queue = {source_is_fifo}` on the dead-letter queue)"
                    ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(dlq: &str, source: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sqs_queue": {{
            "dlq": {{{dlq}}},
            "events": {{{source} "redrive_policy": "${{jsonencode({{deadLetterTargetArn = aws_sqs_queue.dlq.arn}})}}"}}}}}}}}"#
        )
    }

    #[test]
    fn both_ways_of_mixing_are_found() {
        fires(
            &RULE,
            &stack("", r#""fifo_queue": true,"#),
            "is a FIFO queue, but its dead-letter queue `aws_sqs_queue.dlq` is a standard one",
        );
        fires(
            &RULE,
            &stack(r#""fifo_queue": true"#, r#""fifo_queue": false,"#),
            "is a standard queue",
        );
        passes(&RULE, &stack("", ""));
        passes(
            &RULE,
            &stack(r#""fifo_queue": true"#, r#""fifo_queue": true,"#),
        );
        passes(
            &RULE,
            &stack(r#""fifo_queue": "${var.fifo}""#, r#""fifo_queue": true,"#),
        );
    }

    #[test]
    fn a_queue_is_not_its_own() {
        let own = |target: &str| {
            format!(
                r#"{{"resource": {{"aws_sqs_queue": {{"a": {{}}, "b": {{}}}}, "aws_sqs_queue_redrive_policy": {{"a": {{
                "queue_url": "${{aws_sqs_queue.a.id}}",
                "redrive_policy": "${{jsonencode({{deadLetterTargetArn = aws_sqs_queue.{target}.arn}})}}"}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &own("a"),
            "queue `aws_sqs_queue.a` is its own dead-letter queue",
        );
        passes(&RULE, &own("b"));
    }
}
