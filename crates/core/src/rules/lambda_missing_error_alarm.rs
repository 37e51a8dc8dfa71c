//! Somebody is told when a function fails.

use super::alarms::{FUNCTIONS, Watched};
use super::lookup::declared_name;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "lambda_missing_error_alarm",
    summary: "a function has an alarm on its errors",
    explanation: "A function that panics, times out or runs out of memory leaves a line in a log and a count in \
        the metric `Errors`, nothing else. An alarm without the dimension `FunctionName` sums up the whole \
        account, where the errors of one function drown.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Types of metrics for Lambda functions\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let watched = Watched::new(graph, FUNCTIONS, |metric| metric == "Errors");
    for function in graph.resources("aws_lambda_function") {
        if !watched.includes(function) {
            findings
                .at(function, function.origin(), format!("{} has no alarm on its errors", function.describe()))
                .because("it may fail on every invocation and nobody is told")
                .help(format!(
                    "write `#[alarm({}.errors >= 1, period = \"1m\", notify = Alerts)]` (Terraform: `aws_cloudwatch_metric_alarm` on `AWS/Lambda` `Errors` with the dimension `FunctionName`)",
                    declared_name(function, "Ingestion"),
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
            "aws_lambda_function": {{"f": {{"function_name": "ingest"}}}},
            "aws_cloudwatch_metric_alarm": {{"a": {{{alarm}}}}}}}}}"#
        )
    }

    #[test]
    fn the_metric_and_the_function_have_to_be_right() {
        let on = |metric: &str, function: &str| {
            stack(&format!(
                r#""namespace": "AWS/Lambda", "metric_name": "{metric}", "dimensions": {{"FunctionName": "{function}"}}"#
            ))
        };
        passes(
            &RULE,
            &on("Errors", "${aws_lambda_function.f.function_name}"),
        );
        passes(&RULE, &on("Errors", "ingest"));
        passes(&RULE, &on("Errors", "${var.function}"));
        fires(
            &RULE,
            &on("Throttles", "ingest"),
            "function `aws_lambda_function.f` has no alarm on its errors",
        );
        fires(&RULE, &on("Errors", "other"), "has no alarm on its errors");
        fires(
            &RULE,
            &stack(r#""namespace": "AWS/Lambda", "metric_name": "Errors""#),
            "has no alarm on its errors",
        );
    }

    #[test]
    fn an_error_rate_in_metric_maths_counts() {
        passes(
            &RULE,
            &stack(
                r#""metric_query": [
            {"id": "rate", "expression": "100 * errors / invocations", "return_data": true},
            {"id": "errors", "metric": {"namespace": "AWS/Lambda", "metric_name": "Errors", "dimensions": {"FunctionName": "${aws_lambda_function.f.function_name}"}}}]"#,
            ),
        );
    }
}
