//! A message stays hidden at least as long as one invocation may work on it.

use super::event_sources::deliveries;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "sqs_visibility_below_function_timeout",
    summary: "a queue's visibility timeout is no shorter than its function's timeout",
    explanation: "Lambda refuses to connect a queue to a function that may run longer than the queue hides a \
        message. Without an argument a queue hides messages for 30 seconds and a function runs for 3. Six times \
        the timeout is what AWS advises: see `sqs_visibility_too_short`.",
    severity: Severity::Reject,
    source: "AWS Lambda Developer Guide, \"Creating and configuring an Amazon SQS event source mapping\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for delivery in deliveries(graph) {
        let (queue, function) = (delivery.queue, delivery.function);
        let (visibility, timeout) = (delivery.visibility, delivery.timeout);
        if visibility < timeout {
            findings
                .at(
                    queue,
                    queue.origin_of("visibility_timeout_seconds"),
                    format!(
                        "{} hides a message for {visibility} s, less than the {timeout} s that {} may run",
                        queue.describe(),
                        function.describe(),
                    ),
                )
                .because("AWS refuses the event source mapping with InvalidParameterValueException")
                .related(format!("`timeout` of {}", function.describe()), function.origin_of("timeout"))
                .help(format!(
                    "write `visibility_timeout = \"{}s\"` (6 × {timeout} s) in `#[sqs(…)]` (Terraform: `visibility_timeout_seconds`), or shorten the function's `timeout`",
                    6.0 * timeout,
                ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(queue: &str, function: &str) -> String {
        format!(
            r#"{{"resource": {{
            "aws_sqs_queue": {{"events": {{{queue}}}}},
            "aws_lambda_function": {{"f": {{{function}}}}},
            "aws_lambda_alias": {{"live": {{"function_name": "${{aws_lambda_function.f.function_name}}"}}}},
            "aws_lambda_event_source_mapping": {{"m": {{
                "event_source_arn": "${{aws_sqs_queue.events.arn}}",
                "function_name": "${{aws_lambda_alias.live.arn}}"}}}}}}}}"#
        )
    }

    #[test]
    fn the_boundary_is_the_timeout_itself() {
        fires(
            &RULE,
            &stack(r#""visibility_timeout_seconds": 9"#, r#""timeout": 10"#),
            "hides a message for 9 s, less than the 10 s",
        );
        passes(
            &RULE,
            &stack(r#""visibility_timeout_seconds": 10"#, r#""timeout": 10"#),
        );
    }

    #[test]
    fn defaults_count_and_unknown_numbers_do_not() {
        fires(
            &RULE,
            &stack("", r#""timeout": 31"#),
            "30 s, less than the 31 s",
        );
        passes(&RULE, &stack("", r#""timeout": 30"#));
        fires(
            &RULE,
            &stack(r#""visibility_timeout_seconds": 2"#, ""),
            "less than the 3 s",
        );
        passes(
            &RULE,
            &stack(
                r#""visibility_timeout_seconds": "${var.hidden}""#,
                r#""timeout": 900"#,
            ),
        );
        passes(&RULE, &stack("", r#""timeout": "${var.timeout}""#));
    }

    #[test]
    fn a_queue_of_another_stack_is_not_known() {
        passes(
            &RULE,
            r#"{
            "data": {"aws_sqs_queue": {"events": {"name": "events"}}},
            "resource": {
                "aws_lambda_function": {"f": {"timeout": 60}},
                "aws_lambda_event_source_mapping": {"m": {
                    "event_source_arn": "${data.aws_sqs_queue.events.arn}",
                    "function_name": "${aws_lambda_function.f.arn}"}}}}"#,
        );
    }
}
