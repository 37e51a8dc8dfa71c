//! Records of a stream that a function cannot process leave a trace.

use super::event_sources::{mappings, reads_stream};
use super::lookup::is_dynamic;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "event_source_missing_failure_destination",
    summary: "a function that reads a stream tells somebody of the records that it gives up",
    explanation: "A batch of a stream that fails is tried again until it succeeds, until the retries that were asked \
        for are used up, or until its records expire; then Lambda goes on without them. Only a destination for \
        failures is told which records those were, and for as long as the stream keeps them they can be read \
        again.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Retain discarded batch records for a DynamoDB event source in Lambda\" and its like for Kinesis",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for mapping in mappings(graph).filter(|mapping| reads_stream(*mapping)) {
        let has_one = mapping.get("destination_config.on_failure").is_some()
            || is_dynamic(mapping, "destination_config");
        if has_one {
            continue;
        }
        findings
            .at(
                mapping,
                mapping.origin(),
                format!("{} gives records up without telling anybody", mapping.describe()),
            )
            .because("when a batch has failed often enough, or for too long, Lambda goes on without it")
            .help("write `on_failure = Failed` in `trigger(…)`, with `Failed` a struct with `#[sqs]` or `#[sns]` (Terraform: `destination_config`)");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(source: &str, more: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_dynamodb_table": {{"t": {{}}}}, "aws_kinesis_stream": {{"k": {{}}}}, "aws_sqs_queue": {{"q": {{}}}},
            "aws_kinesis_stream_consumer": {{"c": {{"stream_arn": "${{aws_kinesis_stream.k.arn}}"}}}},
            "aws_lambda_event_source_mapping": {{"m": {{"event_source_arn": "{source}" {more}}}}}}}}}"#
        )
    }

    #[test]
    fn streams_need_one_and_queues_do_not() {
        for source in [
            "${aws_dynamodb_table.t.stream_arn}",
            "${aws_kinesis_stream.k.arn}",
            "${aws_kinesis_stream_consumer.c.arn}",
        ] {
            fires(&RULE, &stack(source, ""), "gives records up");
            passes(
                &RULE,
                &stack(
                    source,
                    r#", "destination_config": {"on_failure": {"destination_arn": "arn:q"}}"#,
                ),
            );
        }
        passes(&RULE, &stack("${aws_sqs_queue.q.arn}", ""));
        passes(&RULE, &stack("${var.source}", ""));
    }
}
