//! A route of an HTTP API says who may call it.

use super::lookup::referred;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "http_api_missing_authorization",
    summary: "a route of an HTTP API says who may call it",
    explanation: "A route without an authorization type is open to everybody, and nothing in the stack shows whether \
        that was meant. `none` is right for a webhook whose function checks the sender's signature.",
    severity: Severity::Deny,
    source: "Amazon API Gateway Developer Guide, \"Control and manage access to HTTP APIs in API Gateway\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for route in graph.resources("aws_apigatewayv2_route") {
        if route.get("authorization_type").is_some() || !is_http(route) {
            continue;
        }
        let what = route
            .text("route_key")
            .map_or_else(|| route.describe(), |key| format!("route `{key}`"));
        findings
            .at(
                route,
                route.origin(),
                format!("{what} does not say who may call it"),
            )
            .because("API Gateway lets everybody call it")
            .help(
                "write `auth = \"jwt\"`, `\"lambda\"` or `\"aws_iam\"`, or `auth = \"none\"` for a route that checks \
                 callers itself (Terraform: `authorization_type`)",
            );
    }
}

/// Whether it is a route of an HTTP API: those of WebSocket APIs have no method, and only `$connect` is
/// authorized.
fn is_http(route: Resource<'_>) -> bool {
    let api = route
        .get("api_id")
        .and_then(|api| referred(route.graph, api, "aws_apigatewayv2_api"));
    match api.and_then(|api| api.text("protocol_type")) {
        Some(protocol) => protocol == "HTTP",
        None => route
            .text("route_key")
            .is_some_and(|key| key.contains(" /")),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(protocol: &str, route: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_apigatewayv2_api": {{"a": {{"protocol_type": "{protocol}"}}}},
                "aws_apigatewayv2_route": {{"r": {{"api_id": "${{aws_apigatewayv2_api.a.id}}", {route}}}}}}}}}"#
        )
    }

    #[test]
    fn a_route_of_an_http_api_needs_an_authorization() {
        fires(
            &RULE,
            &stack("HTTP", r#""route_key": "GET /items""#),
            "route `GET /items` does not say",
        );
        fires(
            &RULE,
            &stack("HTTP", r#""route_key": "$default""#),
            "`$default`",
        );
        passes(
            &RULE,
            &stack(
                "HTTP",
                r#""route_key": "$default", "authorization_type": "NONE""#,
            ),
        );
        passes(
            &RULE,
            &stack(
                "HTTP",
                r#""route_key": "$default", "authorization_type": "${var.a}""#,
            ),
        );
    }

    #[test]
    fn websockets_and_who_knows_what_pass() {
        passes(&RULE, &stack("WEBSOCKET", r#""route_key": "$default""#));
        passes(
            &RULE,
            &stack("${var.protocol}", r#""route_key": "$default""#),
        );
        fires(
            &RULE,
            &stack("${var.protocol}", r#""route_key": "GET /""#),
            "`GET /`",
        );
    }
}
