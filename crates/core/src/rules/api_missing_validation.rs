//! An API turns malformed requests away.

use super::api_routes::route;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "api_missing_validation",
    summary: "a route with a body or path parameters has a request validator",
    explanation: "With a validator API Gateway answers 400 to a request whose body or parameters are not of the \
        declared shape, and no function runs for it. Without one every malformed request is paid for, and each \
        function has to find the mistakes itself.",
    severity: Severity::Deny,
    source: "Amazon API Gateway Developer Guide, \"Request validation for REST APIs in API Gateway\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for method in graph.resources("aws_api_gateway_method") {
        let verb = method.text("http_method");
        let has_body = matches!(verb, Some("POST" | "PUT" | "PATCH"));
        let has_parameter = verb != Some("OPTIONS")
            && method
                .referred("resource_id")
                .and_then(|resource| resource.text("path_part"))
                .is_some_and(|part| part.contains('{') && part.contains('}'));
        if method.get("request_validator_id").is_some() || !(has_body || has_parameter) {
            continue;
        }
        let (what, key) = match (has_body, has_parameter) {
            (true, true) => ("body and path parameters", "validate(params, body = T)"),
            (true, false) => ("body", "validate(body = T)"),
            (false, _) => ("path parameters", "validate(params)"),
        };
        findings
            .at(
                method,
                method.origin(),
                format!("{} does not check its {what}", route(method)),
            )
            .because("API Gateway passes every malformed request on to the function")
            .help(format!(
                "write `{key}` at the route (Terraform: `request_validator_id`)"
            ));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(verb: &str, part: &str, more: &str) -> String {
        format!(
            r#"{{"resource": {{
                "aws_api_gateway_rest_api": {{"a": {{"name": "a"}}}},
                "aws_api_gateway_resource": {{
                    "r": {{"path_part": "{part}", "parent_id": "${{aws_api_gateway_rest_api.a.root_resource_id}}"}}}},
                "aws_api_gateway_method": {{"m": {{"http_method": "{verb}", "resource_id": "${{aws_api_gateway_resource.r.id}}"{more}}}}}}}}}"#
        )
    }

    #[test]
    fn bodies_and_parameters_are_to_be_checked() {
        fires(
            &RULE,
            &stack("POST", "hook", ""),
            "route `POST /hook` does not check its body",
        );
        fires(
            &RULE,
            &stack("PATCH", "{id}", ""),
            "route `PATCH /{id}` does not check its body and path parameters",
        );
        fires(
            &RULE,
            &stack("GET", "{id}", ""),
            "does not check its path parameters",
        );
        passes(&RULE, &stack("GET", "status", ""));
        passes(&RULE, &stack("OPTIONS", "{id}", ""));
        passes(&RULE, &stack("${var.verb}", "hook", ""));
        passes(
            &RULE,
            &stack(
                "POST",
                "hook",
                r#", "request_validator_id": "${aws_api_gateway_request_validator.v.id}""#,
            ),
        );
    }
}
