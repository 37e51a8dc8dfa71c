//! Somebody is told when a function falls behind its stream.

use std::collections::HashSet;

use super::alarms::{FUNCTIONS, Watched};
use super::event_sources::{function, mappings, reads_stream};
use super::lookup::declared_name;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "event_source_missing_iterator_age_alarm",
    summary: "a function that reads a stream has an alarm on how far it is behind",
    explanation: "A stream deletes its records at the end of their retention, read or not. A function that is too \
        slow, is throttled or keeps failing on one record falls behind, and the age of the records that it reads, \
        `IteratorAge`, is the only sign before data is lost.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Using CloudWatch metrics with Lambda\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let watched = Watched::new(graph, FUNCTIONS, |metric| metric == "IteratorAge");
    let mut seen = HashSet::new();
    for mapping in mappings(graph).filter(|mapping| reads_stream(*mapping)) {
        let Some(function) = function(mapping) else {
            continue;
        };
        let target = function.block.target();
        if watched.includes(function) || !target.is_some_and(|target| seen.insert(target)) {
            continue;
        }
        findings
            .at(
                function,
                function.origin(),
                format!("{} reads a stream and has no alarm on how far it is behind", function.describe()),
            )
            .because("records that it does not get to in time are deleted, and nobody is told")
            .related("the trigger", mapping.origin())
            .help(format!(
                "write `#[alarm({}.iterator_age >= 60000, period = \"1m\", notify = Alerts)]`, in milliseconds (Terraform: `aws_cloudwatch_metric_alarm` on `IteratorAge`)",
                declared_name(function, "Function"),
            ));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(source: &str, alarm: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_kinesis_stream": {{"k": {{}}}}, "aws_sqs_queue": {{"q": {{}}}}, "aws_lambda_function": {{"f": {{}}}},
            "aws_cloudwatch_metric_alarm": {{"a": {{"namespace": "AWS/Lambda", "comparison_operator": "GreaterThanThreshold",
                "metric_name": "{alarm}", "dimensions": {{"FunctionName": "${{aws_lambda_function.f.function_name}}"}}}}}},
            "aws_lambda_event_source_mapping": {{"m": {{"event_source_arn": "{source}", "function_name": "${{aws_lambda_function.f.arn}}"}}}}}}}}"#
        )
    }

    #[test]
    fn who_reads_a_stream_is_watched() {
        let stream = "${aws_kinesis_stream.k.arn}";
        fires(
            &RULE,
            &stack(stream, "Errors"),
            "no alarm on how far it is behind",
        );
        passes(&RULE, &stack(stream, "IteratorAge"));
        passes(&RULE, &stack("${aws_sqs_queue.q.arn}", "Errors"));
    }
}
