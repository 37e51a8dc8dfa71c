//! A route says who may call it.

use super::api_routes::route;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "api_missing_authorization",
    summary: "a route says who may call it",
    explanation: "API Gateway takes no method without an authorization type, and Terraform stops before it gets \
        there. Whether a route is open to everybody is a decision that has to be readable in the stack: \
        `none` is right for a webhook whose function checks the sender's signature.",
    severity: Severity::Reject,
    source: "Amazon API Gateway API Reference, \"PutMethod\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for method in graph.resources("aws_api_gateway_method") {
        if method.get("authorization").is_none() {
            findings
                .at(method, method.origin(), format!("{} does not say who may call it", route(method)))
                .because("API Gateway takes no method without an authorization type")
                .help(
                    "write `auth = \"aws_iam\"`, or `auth = \"none\"` for a route that checks callers itself \
                     (Terraform: `authorization`)",
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(method: &str) -> String {
        format!(
            r#"{{"resource": {{
                "aws_api_gateway_rest_api": {{"a": {{"name": "a"}}}},
                "aws_api_gateway_resource": {{
                    "hook": {{"parent_id": "${{aws_api_gateway_rest_api.a.root_resource_id}}", "path_part": "webhook"}},
                    "provider": {{"parent_id": "${{aws_api_gateway_resource.hook.id}}", "path_part": "{{provider}}"}}}},
                "aws_api_gateway_method": {{"m": {{"http_method": "POST"{method}}}}}}}}}"#
        )
    }

    #[test]
    fn a_route_without_authorization_is_named_by_its_path() {
        fires(
            &RULE,
            &stack(r#", "resource_id": "${aws_api_gateway_resource.provider.id}""#),
            "route `POST /webhook/{provider}` does not say",
        );
        fires(
            &RULE,
            &stack(r#", "resource_id": "${aws_api_gateway_rest_api.a.root_resource_id}""#),
            "route `POST /`",
        );
        fires(&RULE, &stack(""), "method `aws_api_gateway_method.m`");
    }

    #[test]
    fn any_statement_will_do() {
        passes(&RULE, &stack(r#", "authorization": "NONE""#));
        passes(
            &RULE,
            &stack(r#", "authorization": "${var.authorization}""#),
        );
    }
}
