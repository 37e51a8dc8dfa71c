//! An event that a function cannot process is kept.

use std::collections::HashSet;

use super::asynchronous_calls::calls;
use super::lookup::is_dynamic;
use super::notifications::through_alias;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::Target;

pub(super) const RULE: Rule = Rule {
    name: "lambda_async_missing_failure_destination",
    summary: "a function that buckets, topics or rules call keeps the events that it fails on",
    explanation: "Buckets, topics and rules of EventBridge call a function asynchronously: nobody waits for the \
        result. Lambda tries twice more, for at most six hours, and then throws the event away. With a destination \
        for failures, or a dead-letter queue, the event is kept, together with the reason.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Capturing records of Lambda asynchronous invocations\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let Some(kept) = kept(graph) else {
        return;
    };
    let mut seen = HashSet::new();
    for call in calls(graph) {
        let (function, caller) = (call.function, &call.caller);
        let Some(target) = function.block.target() else {
            continue;
        };
        let has_queue = function.get("dead_letter_config").is_some()
            || is_dynamic(function, "dead_letter_config");
        if has_queue || kept.contains(&target) || !seen.insert(target) {
            continue;
        }
        findings
            .at(
                function,
                function.origin(),
                format!("{} loses the events of {caller} that it fails on", function.describe()),
            )
            .because("Lambda tries an asynchronous call twice more, then throws the event away")
            .related(format!("the call by {caller}"), call.origin)
            .help("write `async_invoke(on_failure = Failed)` in `#[lambda(…)]`, with `Failed` a struct with `#[sqs]` or `#[sns]` (Terraform: `aws_lambda_function_event_invoke_config` with `destination_config`, or `dead_letter_config`)");
    }
}

/// The functions whose failures go somewhere; `None` when that is not known of all yet.
fn kept(graph: &Graph<'_>) -> Option<HashSet<Target>> {
    let mut kept = HashSet::new();
    for config in graph.resources("aws_lambda_function_event_invoke_config") {
        let is_set = config.get("destination_config.on_failure").is_some()
            || is_dynamic(config, "destination_config");
        if is_set {
            let function = through_alias(config.referred("function_name")?);
            kept.extend(function.block.target());
        }
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(function: &str, caller: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sns_topic": {{"t": {{}}}}, "aws_s3_bucket": {{"b": {{}}}},
            "aws_lambda_function": {{"f": {{{function}}}}},
            "aws_lambda_alias": {{"a": {{"function_name": "${{aws_lambda_function.f.function_name}}"}}}},
            {caller}}}}}"#
        )
    }

    const TOPIC: &str = r#""aws_sns_topic_subscription": {"s": {"protocol": "lambda",
        "topic_arn": "${aws_sns_topic.t.arn}", "endpoint": "${aws_lambda_function.f.arn}"}}"#;

    #[test]
    fn every_asynchronous_caller_is_meant() {
        fires(
            &RULE,
            &stack("", TOPIC),
            "loses the events of topic `aws_sns_topic.t`",
        );
        fires(
            &RULE,
            &stack(
                "",
                r#""aws_s3_bucket_notification": {"n": {"bucket": "${aws_s3_bucket.b.id}",
                    "lambda_function": [{"lambda_function_arn": "${aws_lambda_alias.a.arn}", "events": ["s3:ObjectCreated:*"]}]}}"#,
            ),
            "loses the events of bucket `aws_s3_bucket.b`",
        );
        fires(
            &RULE,
            &stack(
                "",
                r#""aws_cloudwatch_event_target": {"e": {"rule": "r", "arn": "${aws_lambda_function.f.arn}"}}"#,
            ),
            "loses the events of a rule",
        );
        passes(
            &RULE,
            &stack(
                "",
                r#""aws_sns_topic_subscription": {"s": {"protocol": "sqs", "topic_arn": "t", "endpoint": "arn:q"}}"#,
            ),
        );
    }

    #[test]
    fn a_destination_or_a_queue_will_do() {
        passes(
            &RULE,
            &stack(r#""dead_letter_config": {"target_arn": "arn:q"}"#, TOPIC),
        );
        let config = |function: &str, more: &str| {
            format!(
                r#"{TOPIC}, "aws_lambda_function_event_invoke_config": {{"c": {{"function_name": "{function}" {more}}}}}"#
            )
        };
        let destination = r#", "destination_config": {"on_failure": {"destination": "arn:q"}}"#;
        let function = "${aws_lambda_function.f.function_name}";
        passes(&RULE, &stack("", &config(function, destination)));
        passes(&RULE, &stack("", &config("${var.function}", destination)));
        fires(
            &RULE,
            &stack("", &config(function, r#", "maximum_retry_attempts": 0"#)),
            "loses the events",
        );
    }
}
