//! A stage writes down who called.

use super::api_routes::{api_construct, has_block};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "api_missing_access_log",
    summary: "a stage has an access log",
    explanation: "What API Gateway itself answers, such as a throttled request, a failed validation or a timeout, \
        never reaches a function and so is in no function's log. Without an access log nobody can tell a \
        provider that stopped sending from one that is turned away.",
    severity: Severity::Deny,
    source: "Amazon API Gateway Developer Guide, \"Set up CloudWatch logging for REST APIs in API Gateway\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let rest = graph.resources("aws_api_gateway_stage");
    let http = graph.resources("aws_apigatewayv2_stage");
    for stage in rest.chain(http) {
        if !has_block(stage, "access_log_settings") {
            findings
                .at(
                    stage,
                    stage.origin_of("access_log_settings"),
                    format!("{} has no access log", stage.describe()),
                )
                .because("requests that API Gateway turns away leave no trace")
                .help(format!(
                    "write `access_log(retention = \"7d\")` in `#[{}(…)]` (Terraform: `access_log_settings`)",
                    api_construct(stage)
                ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_stage_needs_an_access_log() {
        let stack = |more: &str| {
            format!(
                r#"{{"resource": {{"aws_api_gateway_stage": {{"s": {{"stage_name": "prod"{more}}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack(""),
            "stage `aws_api_gateway_stage.s` has no access log",
        );
        fires(
            &RULE,
            &stack(r#", "access_log_settings": []"#),
            "has no access log",
        );
        passes(
            &RULE,
            &stack(
                r#", "access_log_settings": {"destination_arn": "${aws_cloudwatch_log_group.l.arn}"}"#,
            ),
        );
        fires(
            &RULE,
            &stack("").replace("aws_api_gateway_stage", "aws_apigatewayv2_stage"),
            "stage `aws_apigatewayv2_stage.s` has no access log",
        );
        passes(
            &RULE,
            &stack(r#", "dynamic": {"access_log_settings": {"for_each": "${var.logs}"}}"#),
        );
    }
}
