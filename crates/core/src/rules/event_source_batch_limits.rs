//! Batches have a size that Lambda can collect from the queue.

use super::event_sources::{mappings, queue, service};
use super::lookup::{flag_or_off, number_or};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "event_source_batch_limits",
    summary: "a batch of more than 10 messages has a batching window, and a FIFO queue has neither",
    explanation: "SQS hands out at most ten messages at a time. For larger batches Lambda has to collect, so it \
        demands a batching window of at least one second. From FIFO queues it does not collect: a batch has at \
        most ten messages there, and a batching window is refused.",
    severity: Severity::Reject,
    source: "AWS Lambda Developer Guide, \"Lambda parameters for Amazon SQS event source mappings\"",
};

const BATCH: &str = "batch_size";
const WINDOW: &str = "maximum_batching_window_in_seconds";

/// How many messages SQS hands out at a time.
const LARGEST: f64 = 10.0;

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for mapping in mappings(graph).filter(|mapping| service(*mapping) == Some("sqs")) {
        let Some(is_fifo) = is_fifo(mapping) else {
            continue;
        };
        let size = number_or(mapping, BATCH, LARGEST);
        let window = number_or(mapping, WINDOW, 0.0);
        let described = mapping.describe();
        if let Some(size) = size.filter(|size| *size > LARGEST) {
            if is_fifo {
                findings
                    .at(
                        mapping,
                        mapping.origin_of(BATCH),
                        format!("{described} wants batches of {size} from a FIFO queue"),
                    )
                    .because("Lambda refuses more than 10 messages a batch from a FIFO queue")
                    .help(
                        "write `batch_size = 10` or less in `trigger(…)` (Terraform: `batch_size`)",
                    );
            } else if window.is_some_and(|window| window < 1.0) {
                findings
                    .at(mapping, mapping.origin_of(BATCH), format!("{described} wants batches of {size} without a batching window"))
                    .because("Lambda refuses more than 10 messages a batch unless it may collect them for at least a second")
                    .help("write `batching_window = \"1s\"` or more in `trigger(…)` (Terraform: `maximum_batching_window_in_seconds`), or `batch_size = 10`");
            }
        }
        if let Some(window) = window.filter(|window| is_fifo && *window > 0.0) {
            findings
                .at(mapping, mapping.origin_of(WINDOW), format!("{described} has a batching window of {window} s on a FIFO queue"))
                .because("Lambda refuses batching windows on FIFO queues")
                .help("remove `batching_window` from `trigger(…)` (Terraform: `maximum_batching_window_in_seconds`)");
        }
    }
}

/// Whether the mapping reads a FIFO queue, when that is known.
fn is_fifo(mapping: Resource<'_>) -> Option<bool> {
    match mapping.text("event_source_arn") {
        Some(arn) => Some(arn.strip_suffix(".fifo").is_some()),
        None => flag_or_off(queue(mapping)?, "fifo_queue"),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(queue: &str, mapping: &str) -> String {
        format!(
            r#"{{"resource": {{
            "aws_sqs_queue": {{"q": {{{queue}}}}},
            "aws_lambda_event_source_mapping": {{"m": {{"event_source_arn": "${{aws_sqs_queue.q.arn}}" {mapping}}}}}}}}}"#
        )
    }

    #[test]
    fn a_large_batch_needs_a_window() {
        passes(&RULE, &stack("", ""));
        passes(&RULE, &stack("", r#", "batch_size": 10"#));
        fires(
            &RULE,
            &stack("", r#", "batch_size": 11"#),
            "wants batches of 11 without a batching window",
        );
        fires(
            &RULE,
            &stack(
                "",
                r#", "batch_size": 11, "maximum_batching_window_in_seconds": 0"#,
            ),
            "without a batching window",
        );
        passes(
            &RULE,
            &stack(
                "",
                r#", "batch_size": 11, "maximum_batching_window_in_seconds": 1"#,
            ),
        );
        passes(
            &RULE,
            &stack(
                "",
                r#", "batch_size": 11, "maximum_batching_window_in_seconds": "${var.window}""#,
            ),
        );
    }

    #[test]
    fn a_fifo_queue_has_neither() {
        let fifo = r#""fifo_queue": true"#;
        passes(
            &RULE,
            &stack(
                fifo,
                r#", "batch_size": 10, "maximum_batching_window_in_seconds": 0"#,
            ),
        );
        fires(
            &RULE,
            &stack(fifo, r#", "batch_size": 11"#),
            "wants batches of 11 from a FIFO queue",
        );
        fires(
            &RULE,
            &stack(fifo, r#", "maximum_batching_window_in_seconds": 1"#),
            "batching window of 1 s on a FIFO queue",
        );
    }

    #[test]
    fn a_literal_arn_tells_and_an_unknown_type_does_not() {
        let literal = |arn: &str| {
            format!(
                r#"{{"resource": {{"aws_lambda_event_source_mapping": {{"m": {{"event_source_arn": "{arn}", "batch_size": 11}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &literal("arn:aws:sqs:eu-west-1:1:q"),
            "without a batching window",
        );
        fires(
            &RULE,
            &literal("arn:aws:sqs:eu-west-1:1:q.fifo"),
            "from a FIFO queue",
        );
        passes(&RULE, &literal("arn:aws:kinesis:eu-west-1:1:stream/s"));
        passes(
            &RULE,
            &stack(r#""fifo_queue": "${var.fifo}""#, r#", "batch_size": 11"#),
        );
    }
}
