//! One bad record does not stop its shard.

use super::event_sources::{mappings, reads_stream};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "event_source_unbounded_retries",
    summary: "a function that reads a stream gives a bad record up after some retries or some time",
    explanation: "Records of a shard are processed in order: while a batch is tried again, all records behind it \
        wait. Without a limit that goes on until the bad record expires, after a day at the earliest, and the \
        records behind it may expire on the way.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Using AWS Lambda with Amazon Kinesis\" and \"Using AWS Lambda with Amazon DynamoDB\" (error handling)",
};

const LIMITS: [&str; 2] = ["maximum_retry_attempts", "maximum_record_age_in_seconds"];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for mapping in mappings(graph).filter(|mapping| reads_stream(*mapping)) {
        if LIMITS.iter().any(|limit| may_end(mapping, limit)) {
            continue;
        }
        findings
            .at(
                mapping,
                mapping.origin(),
                format!("{} tries a bad record again until it expires", mapping.describe()),
            )
            .because("all records of the shard wait behind it, for a day or longer")
            .help("write `retries = 5` or `max_age = \"1h\"` in `trigger(…)`, and `bisect` to find the bad record (Terraform: `maximum_retry_attempts`, `maximum_record_age_in_seconds`, `bisect_batch_on_function_error`)");
    }
}

/// Whether there is such a limit: -1 is none.
fn may_end(mapping: Resource<'_>, limit: &str) -> bool {
    mapping
        .get(limit)
        .is_some_and(|value| value.as_f64().is_none_or(|number| number >= 0.0))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(source: &str, more: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_kinesis_stream": {{"k": {{}}}}, "aws_sqs_queue": {{"q": {{}}}},
            "aws_lambda_event_source_mapping": {{"m": {{"event_source_arn": "{source}" {more}}}}}}}}}"#
        )
    }

    #[test]
    fn retries_or_age_have_a_limit() {
        let stream = "${aws_kinesis_stream.k.arn}";
        fires(&RULE, &stack(stream, ""), "until it expires");
        fires(
            &RULE,
            &stack(stream, r#", "maximum_retry_attempts": -1"#),
            "until it expires",
        );
        passes(&RULE, &stack(stream, r#", "maximum_retry_attempts": 0"#));
        passes(
            &RULE,
            &stack(stream, r#", "maximum_retry_attempts": "${var.n}""#),
        );
        passes(
            &RULE,
            &stack(stream, r#", "maximum_record_age_in_seconds": 3600"#),
        );
        passes(&RULE, &stack("${aws_sqs_queue.q.arn}", ""));
    }
}
