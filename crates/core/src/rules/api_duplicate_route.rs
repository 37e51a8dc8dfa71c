//! A route is declared once.

use std::collections::HashMap;

use super::api_routes::{identity, is_repeated, route};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "api_duplicate_route",
    summary: "a route is declared once",
    explanation: "A REST API has one method for each verb of a path and one resource for each part of it. When two \
        blocks declare the same one, the second is refused while the stack is being created, with half of it \
        in place.",
    severity: Severity::Reject,
    source: "Amazon API Gateway API Reference, \"PutMethod\" and \"CreateResource\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, parent, name) in [
        ("aws_api_gateway_method", "resource_id", "http_method"),
        ("aws_api_gateway_resource", "parent_id", "path_part"),
        ("aws_apigatewayv2_route", "api_id", "route_key"),
    ] {
        let mut seen: HashMap<(String, &str), Resource<'_>> = HashMap::new();
        for block in graph
            .resources(type_name)
            .filter(|block| !is_repeated(*block))
        {
            let (Some(parent), Some(text)) = (identity(block, parent), block.text(name)) else {
                continue;
            };
            let Some(first) = seen.get(&(parent.clone(), text)) else {
                seen.insert((parent, text), block);
                continue;
            };
            let what = match name {
                "http_method" => route(block),
                "route_key" => format!("route `{text}`"),
                _ => format!("path part `{text}`"),
            };
            findings
                .at(block, block.origin_of(name), format!("{what} is declared twice"))
                .because("API Gateway refuses the second one with a `ConflictException`")
                .related(format!("`{}` is the same one", first.block.address()), first.origin_of(name))
                .help(
                    "give one of the two routes another verb or path (Terraform: `http_method`, `path_part`, `route_key`), or take \
                     it out",
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn methods(one: &str, other: &str, more: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_api_gateway_method": {{
                "one": {{"http_method": "{one}", "resource_id": "${{aws_api_gateway_resource.r.id}}"}},
                "other": {{"http_method": "{other}", "resource_id": "${{aws_api_gateway_resource.r.id}}"{more}}}}}}}}}"#
        )
    }

    fn resources(one: &str, other: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_api_gateway_resource": {{
                "one": {{"path_part": "{one}", "parent_id": "${{aws_api_gateway_rest_api.a.root_resource_id}}"}},
                "other": {{"path_part": "{other}", "parent_id": "${{aws_api_gateway_rest_api.a.root_resource_id}}"}}}}}}}}"#
        )
    }

    #[test]
    fn the_second_method_of_a_verb_is_found() {
        fires(
            &RULE,
            &methods("POST", "POST", ""),
            "method `aws_api_gateway_method.other` is declared twice",
        );
        passes(&RULE, &methods("POST", "GET", ""));
        passes(&RULE, &methods("ANY", "POST", ""));
        passes(&RULE, &methods("POST", "${var.verb}", ""));
        passes(
            &RULE,
            &methods("POST", "POST", r#", "count": "${var.count}""#),
        );
    }

    #[test]
    fn the_second_resource_of_a_path_part_is_found() {
        fires(
            &RULE,
            &resources("hook", "hook"),
            "path part `hook` is declared twice",
        );
        passes(&RULE, &resources("hook", "status"));
    }

    #[test]
    fn the_second_route_of_a_key_is_found() {
        let stack = |one: &str, other: &str| {
            format!(
                r#"{{"resource": {{"aws_apigatewayv2_route": {{
                    "one": {{"route_key": "{one}", "api_id": "${{aws_apigatewayv2_api.a.id}}"}},
                    "other": {{"route_key": "{other}", "api_id": "${{aws_apigatewayv2_api.a.id}}"}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack("GET /", "GET /"),
            "route `GET /` is declared twice",
        );
        passes(&RULE, &stack("GET /", "POST /"));
    }

    #[test]
    fn instances_of_one_block_are_told_apart() {
        passes(
            &RULE,
            r#"{"resource": {"aws_api_gateway_method": {
            "one": {"http_method": "GET", "resource_id": "${aws_api_gateway_resource.r[0].id}"},
            "other": {"http_method": "GET", "resource_id": "${aws_api_gateway_resource.r[1].id}"}}}}"#,
        );
    }
}
