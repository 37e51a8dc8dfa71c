//! A dead-letter queue keeps messages longer than the queue they come from.

use super::lookup::{flag_or_off, number_or};
use super::redrives::redrives;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "sqs_dlq_retention_too_short",
    summary: "a dead-letter queue keeps messages longer than its source queue does",
    explanation: "A message that moves to a standard dead-letter queue keeps its first enqueue time, so the days \
        it spent in the source queue count. With the same retention on both, a message that failed on its last \
        day is deleted on arrival, before anybody saw it. FIFO queues start counting anew and are left alone.",
    severity: Severity::Deny,
    source: "Amazon SQS Developer Guide, \"Configuring message retention for a dead-letter queue\"",
};

/// SQS uses this when the argument is absent, and takes no more than that.
const DEFAULT_RETENTION: f64 = 345_600.0;
const LONGEST_RETENTION: f64 = 1_209_600.0;

const RETENTION: &str = "message_retention_seconds";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for dlq in graph.resources("aws_sqs_queue") {
        let Some(kept) = retention(dlq) else {
            continue;
        };
        let longest = redrives(dlq)
            .filter_map(|redrive| redrive.source)
            .filter(|source| !source.is(dlq))
            .filter_map(|source| Some((source, retention(source)?)))
            .max_by(|(_, one), (_, other)| one.total_cmp(other));
        let Some((source, wanted)) = longest.filter(|(_, wanted)| kept <= *wanted) else {
            continue;
        };
        let help = if wanted < LONGEST_RETENTION {
            "write `dlq(retention = \"14d\")` in `#[sqs(…)]`, or `retention = \"14d\"` on the struct that is the dead-letter queue (Terraform: `message_retention_seconds = 1209600`)"
        } else {
            "14 days are the most: write a shorter `retention` in `#[sqs(…)]` (Terraform: `message_retention_seconds` of the source queue)"
        };
        findings
            .at(
                dlq,
                dlq.origin_of(RETENTION),
                format!(
                    "dead-letter {} keeps messages for {kept} s, {} for {wanted} s",
                    dlq.describe(),
                    source.describe(),
                ),
            )
            .because("SQS counts from when a message was first sent: what failed late is deleted as it arrives")
            .related(format!("retention of {}", source.describe()), source.origin_of(RETENTION))
            .help(help);
    }
}

/// How long a standard queue keeps messages; `None` for FIFO queues and when it is not known yet.
fn retention(queue: Resource<'_>) -> Option<f64> {
    let is_fifo = flag_or_off(queue, "fifo_queue")?;
    let seconds = number_or(queue, RETENTION, DEFAULT_RETENTION)?;
    (!is_fifo).then_some(seconds)
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
    fn the_same_retention_is_too_short_and_a_second_more_is_enough() {
        fires(
            &RULE,
            &stack("", ""),
            "keeps messages for 345600 s, queue `aws_sqs_queue.events` for 345600 s",
        );
        fires(
            &RULE,
            &stack(
                r#""message_retention_seconds": 600"#,
                r#""message_retention_seconds": 600,"#,
            ),
            "600 s",
        );
        passes(
            &RULE,
            &stack(
                r#""message_retention_seconds": 601"#,
                r#""message_retention_seconds": 600,"#,
            ),
        );
        passes(&RULE, &stack(r#""message_retention_seconds": 1209600"#, ""));
    }

    #[test]
    fn with_the_longest_retention_the_source_has_to_give_way() {
        let longest = r#""message_retention_seconds": 1209600"#;
        fires(&RULE, &stack(longest, &format!("{longest},")), "1209600 s");
    }

    #[test]
    fn several_sources_are_one_mistake_and_the_separate_policy_counts() {
        fires(
            &RULE,
            r#"{"resource": {
            "aws_sqs_queue": {"dlq": {}, "a": {}, "b": {"message_retention_seconds": 600000}},
            "aws_sqs_queue_redrive_policy": {
                "a": {"queue_url": "${aws_sqs_queue.a.id}", "redrive_policy": "${jsonencode({deadLetterTargetArn = aws_sqs_queue.dlq.arn})}"},
                "b": {"queue_url": "${aws_sqs_queue.b.id}", "redrive_policy": "${jsonencode({deadLetterTargetArn = aws_sqs_queue.dlq.arn})}"}}}}"#,
            "`aws_sqs_queue.b` for 600000 s",
        );
    }

    #[test]
    fn fifo_queues_and_unknown_numbers_are_left_alone() {
        passes(
            &RULE,
            &stack(r#""fifo_queue": true"#, r#""fifo_queue": true,"#),
        );
        passes(
            &RULE,
            &stack(r#""message_retention_seconds": "${var.days}""#, ""),
        );
        passes(
            &RULE,
            &stack("", r#""message_retention_seconds": "${var.days}","#),
        );
    }
}
