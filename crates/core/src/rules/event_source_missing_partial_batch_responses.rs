//! One bad message does not send its whole batch back.

use super::event_sources::{mappings, service};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "event_source_missing_partial_batch_responses",
    summary: "a function that takes batches reports which messages failed",
    explanation: "Without `ReportBatchItemFailures` a batch succeeds or fails as a whole: one bad message brings \
        the good ones back, they are processed again, and in the end all of them reach the dead-letter queue. \
        With it the function returns the identifiers of those that failed, and only they are retried. A batch of \
        one needs no such report.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Implementing partial batch responses\"",
};

const TYPES: &str = "function_response_types";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for mapping in mappings(graph) {
        let takes_batches = mapping
            .get("batch_size")
            .is_none_or(|size| size.as_f64().is_some_and(|size| size > 1.0));
        let is_batched = matches!(service(mapping), Some("sqs" | "kinesis" | "dynamodb"));
        if is_batched && takes_batches && !may_report(mapping) {
            findings
                .at(
                    mapping,
                    mapping.origin_of(TYPES),
                    format!("{} does not report which messages of a batch failed", mapping.describe()),
                )
                .because("one bad message brings its whole batch back, and the good ones are processed again")
                .help("write `partial_batch_responses` in `trigger(…)` (Terraform: `function_response_types = [\"ReportBatchItemFailures\"]`), or `batch_size = 1`");
        }
    }
}

/// Whether partial responses are on, or may turn out to be.
fn may_report(mapping: Resource<'_>) -> bool {
    mapping.get(TYPES).is_some_and(|types| {
        types.as_list().is_none_or(|types| {
            types.iter().any(|name| {
                name.as_str()
                    .is_none_or(|name| name == "ReportBatchItemFailures")
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(source: &str, mapping: &str) -> String {
        format!(
            r#"{{"resource": {{
            "aws_sqs_queue": {{"q": {{}}}}, "aws_dynamodb_table": {{"t": {{}}}}, "aws_mq_broker": {{"b": {{}}}},
            "aws_lambda_event_source_mapping": {{"m": {{"event_source_arn": "{source}" {mapping}}}}}}}}}"#
        )
    }

    const QUEUE: &str = "${aws_sqs_queue.q.arn}";

    #[test]
    fn a_batch_has_to_be_reported_on() {
        fires(
            &RULE,
            &stack(QUEUE, ""),
            "does not report which messages of a batch failed",
        );
        fires(
            &RULE,
            &stack(QUEUE, r#", "function_response_types": []"#),
            "does not report",
        );
        passes(
            &RULE,
            &stack(
                QUEUE,
                r#", "function_response_types": ["ReportBatchItemFailures"]"#,
            ),
        );
        passes(
            &RULE,
            &stack(QUEUE, r#", "function_response_types": ["${var.type}"]"#),
        );
        passes(
            &RULE,
            &stack(QUEUE, r#", "function_response_types": "${var.types}""#),
        );
    }

    #[test]
    fn a_batch_of_one_needs_no_report() {
        fires(
            &RULE,
            &stack(QUEUE, r#", "batch_size": 2"#),
            "does not report",
        );
        passes(&RULE, &stack(QUEUE, r#", "batch_size": 1"#));
        passes(&RULE, &stack(QUEUE, r#", "batch_size": "${var.size}""#));
    }

    #[test]
    fn queues_and_streams_only() {
        fires(
            &RULE,
            &stack("${aws_dynamodb_table.t.stream_arn}", ""),
            "does not report",
        );
        fires(
            &RULE,
            &stack("arn:aws:kinesis:eu-west-1:1:stream/s", ""),
            "does not report",
        );
        passes(&RULE, &stack("${aws_mq_broker.b.arn}", ""));
        passes(&RULE, &stack("arn:aws:kafka:eu-west-1:1:cluster/c", ""));
        passes(&RULE, &stack("${var.source}", ""));
    }
}
