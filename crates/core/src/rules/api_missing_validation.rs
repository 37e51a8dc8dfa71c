//! An API turns malformed requests away.

use super::api_routes::route;
use super::lookup::{may_be_on, referred};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

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
        let has_body = matches!(verb, Some("POST" | "PUT" | "PATCH"))
            && !is_validated(method, "validate_request_body");
        let has_parameter = verb != Some("OPTIONS")
            && has_parameter(method)
            && !is_validated(method, "validate_request_parameters");
        if !(has_body || has_parameter) {
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

/// Whether the method's validator looks at this part of a request, or may turn out to.
fn is_validated(method: Resource<'_>, flag: &str) -> bool {
    let Some(validator) = method.get("request_validator_id") else {
        return false;
    };
    let found = referred(method.graph, validator, "aws_api_gateway_request_validator");
    found.is_none_or(|validator| may_be_on(validator, flag))
}

/// Whether any part of the method's path is a parameter.
fn has_parameter(method: Resource<'_>) -> bool {
    let mut resource = method.referred("resource_id");
    // A cycle of parents is another rule's matter.
    for _ in 0..100 {
        let Some(part) = resource.filter(|part| part.type_name() == "aws_api_gateway_resource")
        else {
            return false;
        };
        if part
            .text("path_part")
            .is_some_and(|part| part.contains('{'))
        {
            return true;
        }
        resource = part.referred("parent_id");
    }
    false
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
