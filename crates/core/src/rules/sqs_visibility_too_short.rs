//! Retries of a function must end before its messages become visible again.

use super::event_sources::deliveries;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "sqs_visibility_too_short",
    summary: "a queue's visibility timeout is 6 × its function's timeout plus the batching window",
    explanation: "Lambda may retry a throttled batch several times before it gives up. When the messages \
        become visible meanwhile, a second invocation works on them in parallel, and they reach the \
        dead-letter queue although nothing is wrong with them. AWS advises six times the function's timeout \
        plus the batching window. Below one times the timeout, AWS refuses the mapping: see \
        `sqs_visibility_below_function_timeout`.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Creating and configuring an Amazon SQS event source mapping\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for delivery in deliveries(graph) {
        let (queue, function) = (delivery.queue, delivery.function);
        let (visibility, timeout) = (delivery.visibility, delivery.timeout);
        let window = delivery
            .mapping
            .number("maximum_batching_window_in_seconds")
            .unwrap_or(0.0);
        let wanted = 6.0 * timeout + window;
        if visibility >= timeout && visibility < wanted {
            findings
                .at(
                    queue,
                    queue.origin_of("visibility_timeout_seconds"),
                    format!(
                        "{} shows a message again after {visibility} s, but {} may work on it for {timeout} s at a time",
                        queue.describe(),
                        function.describe(),
                    ),
                )
                .because("a throttled batch is retried while its messages are already visible to another invocation")
                .related(format!("`timeout` of {}", function.describe()), function.origin_of("timeout"))
                .help(format!(
                    "write `visibility_timeout = \"{wanted}s\"` or more (6 × {timeout} s + batching window {window} s), or shorten the function's `timeout`"
                ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(visibility: u32, timeout: u32, window: u32) -> String {
        format!(
            r#"{{"resource": {{
            "aws_sqs_queue": {{"events": {{"visibility_timeout_seconds": {visibility}}}}},
            "aws_lambda_function": {{"f": {{"timeout": {timeout}}}}},
            "aws_lambda_event_source_mapping": {{"m": {{
                "event_source_arn": "${{aws_sqs_queue.events.arn}}",
                "function_name": "${{aws_lambda_function.f.arn}}",
                "maximum_batching_window_in_seconds": {window}}}}}}}}}"#
        )
    }

    #[test]
    fn the_boundary_is_six_times_the_timeout_plus_the_window() {
        fires(
            &RULE,
            &stack(59, 10, 0),
            "after 59 s, but function `aws_lambda_function.f` may work on it for 10 s",
        );
        passes(&RULE, &stack(60, 10, 0));
        fires(&RULE, &stack(64, 10, 5), "64 s");
        passes(&RULE, &stack(65, 10, 5));
    }

    #[test]
    fn below_the_timeout_another_rule_speaks() {
        passes(&RULE, &stack(9, 10, 0));
    }
}
