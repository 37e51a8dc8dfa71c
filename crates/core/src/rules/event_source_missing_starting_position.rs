//! Reading a stream starts somewhere.

use super::event_sources::{mappings, reads_stream};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "event_source_missing_starting_position",
    summary: "an event source mapping says where in a stream reading starts, and for a queue it does not",
    explanation: "A stream keeps records for a day or longer, and a new reader can start with the oldest of them \
        (`TRIM_HORIZON`), with the next one (`LATEST`) or, in Kinesis only, at a time (`AT_TIMESTAMP`, with \
        `starting_position_timestamp`). AWS refuses a mapping that does not say which. A queue has no such place.",
    severity: Severity::Reject,
    source: "AWS Lambda API Reference, `CreateEventSourceMapping`",
};

const POSITION: &str = "starting_position";
const TIMESTAMP: &str = "starting_position_timestamp";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for mapping in mappings(graph) {
        let described = mapping.describe();
        let position = mapping.text(POSITION);
        if !reads_stream(mapping) {
            if super::event_sources::service(mapping) == Some("sqs") && position.is_some() {
                findings
                    .at(
                        mapping,
                        mapping.origin_of(POSITION),
                        format!("{described} reads a queue and has a starting position"),
                    )
                    .because("Lambda refuses it: a queue is not read from a place")
                    .help("remove `starting_position` (Terraform: the same)");
            }
            continue;
        }
        if mapping.get(POSITION).is_none() {
            findings
                .at(mapping, mapping.origin(), format!("{described} does not say where reading starts"))
                .because("Lambda refuses to read a stream without a starting position")
                .help("write `starting_position = \"TRIM_HORIZON\"`, which loses nothing (Terraform: the same)");
        } else if position == Some("AT_TIMESTAMP") {
            let is_table = super::event_sources::service(mapping) == Some("dynamodb");
            if is_table || mapping.get(TIMESTAMP).is_none() {
                let what = if is_table {
                    "starts at a time, which the stream of a table cannot"
                } else {
                    "starts at a time that it does not name"
                };
                findings
                    .at(mapping, mapping.origin_of(POSITION), format!("{described} {what}"))
                    .because("Lambda refuses the mapping")
                    .help("write `starting_position = \"TRIM_HORIZON\"`, or for a Kinesis stream `starting_position_timestamp` as well (Terraform: the same)");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(source: &str, more: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_kinesis_stream": {{"k": {{}}}}, "aws_dynamodb_table": {{"t": {{}}}}, "aws_sqs_queue": {{"q": {{}}}},
            "aws_lambda_event_source_mapping": {{"m": {{"event_source_arn": "{source}" {more}}}}}}}}}"#
        )
    }

    const STREAM: &str = "${aws_kinesis_stream.k.arn}";

    #[test]
    fn streams_have_one_and_queues_have_none() {
        fires(
            &RULE,
            &stack(STREAM, ""),
            "does not say where reading starts",
        );
        passes(&RULE, &stack(STREAM, r#", "starting_position": "LATEST""#));
        passes(
            &RULE,
            &stack(STREAM, r#", "starting_position": "${var.p}""#),
        );
        passes(&RULE, &stack("${aws_sqs_queue.q.arn}", ""));
        fires(
            &RULE,
            &stack(
                "${aws_sqs_queue.q.arn}",
                r#", "starting_position": "LATEST""#,
            ),
            "reads a queue and has a starting position",
        );
    }

    #[test]
    fn a_time_is_named_and_only_kinesis_knows_it() {
        let at = r#", "starting_position": "AT_TIMESTAMP""#;
        fires(&RULE, &stack(STREAM, at), "a time that it does not name");
        let named = format!(r#"{at}, "starting_position_timestamp": "2026-01-01T00:00:00Z""#);
        passes(&RULE, &stack(STREAM, &named));
        fires(
            &RULE,
            &stack("${aws_dynamodb_table.t.stream_arn}", &named),
            "which the stream of a table cannot",
        );
    }
}
