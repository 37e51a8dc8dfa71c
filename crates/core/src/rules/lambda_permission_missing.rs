//! A service that calls a function has the permission.

use super::asynchronous_calls::{Call, calls};
use super::notifications::through_alias;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "lambda_permission_missing",
    summary: "a function lets in the buckets, topics and rules that call it",
    explanation: "Buckets, topics and rules of EventBridge call a function in their service's name, and the function's \
        own policy has to allow that: the function's role has no say in it. S3 refuses the notification otherwise; \
        SNS and EventBridge fail with every event and say so nowhere but in a metric.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Granting Lambda function access to AWS services\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for call in calls(graph) {
        let is_let_in = graph
            .resources("aws_lambda_permission")
            .any(|permission| may_let_in(permission, &call));
        if is_let_in || call.holder.get("role_arn").is_some() {
            continue;
        }
        findings
            .at(
                call.holder,
                call.origin,
                format!("{} does not let {} call it", call.function.describe(), call.caller),
            )
            .because("Lambda refuses the call, and the events are lost")
            .related(call.function.describe(), call.function.origin())
            .help(format!("write `trigger(…)` in `#[lambda(…)]`, or `target(…)` in `#[event_rule(…)]`, which make the permission (Terraform: `aws_lambda_permission` with `principal = \"{}\"` and `source_arn`)", call.service));
    }
}

/// Whether a permission is for this call, or may turn out to be.
fn may_let_in(permission: Resource<'_>, call: &Call<'_>) -> bool {
    let is_service = permission.get("principal").is_none_or(|principal| {
        principal
            .as_str()
            .is_none_or(|principal| principal == call.service)
    });
    let is_function = match permission.referred("function_name") {
        Some(named) => through_alias(named).is(call.function),
        None => permission.text("function_name").is_none_or(|name| {
            call.function
                .text("function_name")
                .is_none_or(|own| name == own || name.contains(&format!(":{own}")))
        }),
    };
    is_service && is_function
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(permission: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sns_topic": {{"t": {{}}}},
            "aws_lambda_function": {{"f": {{"function_name": "f"}}, "g": {{"function_name": "g"}}}},
            "aws_lambda_permission": {{"p": {{{permission}}}}},
            "aws_sns_topic_subscription": {{"s": {{"protocol": "lambda",
                "topic_arn": "${{aws_sns_topic.t.arn}}", "endpoint": "${{aws_lambda_function.f.arn}}"}}}}}}}}"#
        )
    }

    #[test]
    fn the_service_needs_a_permission_for_this_function() {
        let permission = |service: &str, function: &str| {
            stack(&format!(
                r#""principal": "{service}", "function_name": "{function}""#
            ))
        };
        let own = "${aws_lambda_function.f.function_name}";
        passes(&RULE, &permission("sns.amazonaws.com", own));
        passes(&RULE, &permission("sns.amazonaws.com", "f"));
        passes(&RULE, &permission("${var.service}", own));
        passes(&RULE, &permission("sns.amazonaws.com", "${var.function}"));
        fires(
            &RULE,
            &permission("s3.amazonaws.com", own),
            "function `aws_lambda_function.f` does not let topic `aws_sns_topic.t` call it",
        );
        fires(
            &RULE,
            &permission(
                "sns.amazonaws.com",
                "${aws_lambda_function.g.function_name}",
            ),
            "does not let",
        );
    }
}
