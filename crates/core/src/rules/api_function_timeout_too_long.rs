//! An API does not wait longer than its integration timeout.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "api_function_timeout_too_long",
    summary: "a function behind an API ends before the integration's timeout",
    explanation: "API Gateway answers 504 when the integration's timeout is over, 29 s (30 s for an HTTP API) unless it says otherwise, while \
        the function works on and is paid for. The caller believes that the request failed and sends it \
        again. A function that is called asynchronously may take longer.",
    severity: Severity::Deny,
    source: "Amazon API Gateway Developer Guide, \"Quotas for configuring and running a REST API in API \
        Gateway\" and \"Quotas for configuring and running an HTTP API in API Gateway\"",
};

/// API Gateway uses this when `timeout_milliseconds` is absent.
const DEFAULT_MILLISECONDS: f64 = 29_000.0;
/// Integrations of HTTP APIs, and how long they wait when they do not say.
const HTTP: &str = "aws_apigatewayv2_integration";
const HTTP_MILLISECONDS: f64 = 30_000.0;
/// The request header that makes Lambda answer at once.
const ASYNCHRONOUS: &str = "integration.request.header.X-Amz-Invocation-Type";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for function in graph.resources("aws_lambda_function") {
        let Some(timeout) = function.number("timeout") else {
            continue;
        };
        let direct = function.referrers("aws_api_gateway_integration", "uri");
        let by_alias = function
            .referrers("aws_lambda_alias", "function_name")
            .flat_map(|alias| alias.referrers("aws_api_gateway_integration", "uri"));
        let by_http = function.referrers(HTTP, "integration_uri");
        let by_http_alias = function
            .referrers("aws_lambda_alias", "function_name")
            .flat_map(|alias| alias.referrers(HTTP, "integration_uri"));
        let shortest = direct
            .chain(by_alias)
            .chain(by_http)
            .chain(by_http_alias)
            .filter(|integration| !is_asynchronous(*integration))
            .filter_map(|integration| Some((integration, wait(integration)?)))
            .min_by(|(_, one), (_, other)| one.total_cmp(other));
        let Some((integration, limit)) = shortest.filter(|(_, limit)| timeout > *limit) else {
            continue;
        };
        findings
            .at(
                function,
                function.origin_of("timeout"),
                format!("{} may take {timeout} s, but the API in front of it waits {limit} s", function.describe()),
            )
            .because("the caller gets status 504 and tries again while the function is still at work")
            .related(
                format!("the integration `{}`", integration.block.address()),
                integration.origin_of("timeout_milliseconds"),
            )
            .help(format!(
                "write `timeout = \"{}s\"` or less, or put a queue between the API and the work (Terraform: `timeout`)",
                limit.floor()
            ));
    }
}

/// How long an integration waits, in seconds; `None` when it is not known yet.
fn wait(integration: Resource<'_>) -> Option<f64> {
    let milliseconds = match integration.get("timeout_milliseconds") {
        None if integration.type_name() == HTTP => HTTP_MILLISECONDS,
        None => DEFAULT_MILLISECONDS,
        Some(value) => value.as_f64()?,
    };
    Some(milliseconds / 1000.0)
}

fn is_asynchronous(integration: Resource<'_>) -> bool {
    integration
        .get("request_parameters")
        .is_some_and(|parameters| {
            parameters
                .as_object()
                .is_none_or(|parameters| parameters.get(ASYNCHRONOUS).is_some())
        })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(timeout: u32, integration: &str) -> String {
        format!(
            r#"{{"resource": {{
                "aws_lambda_function": {{"f": {{"timeout": {timeout}}}}},
                "aws_lambda_alias": {{"a": {{"function_name": "${{aws_lambda_function.f.function_name}}"}}}},
                "aws_api_gateway_integration": {{
                    "get": {{"uri": "${{aws_lambda_function.f.invoke_arn}}"{integration}}},
                    "post": {{"uri": "${{aws_lambda_function.f.invoke_arn}}"{integration}}}}}}}}}"#
        )
    }

    #[test]
    fn the_boundary_is_the_integrations_timeout() {
        fires(
            &RULE,
            &stack(30, ""),
            "function `aws_lambda_function.f` may take 30 s, but the API in front of it waits 29 s",
        );
        passes(&RULE, &stack(29, ""));
        fires(
            &RULE,
            &stack(6, r#", "timeout_milliseconds": 5000"#),
            "waits 5 s",
        );
        passes(&RULE, &stack(5, r#", "timeout_milliseconds": 5000"#));
        passes(
            &RULE,
            &stack(60, r#", "timeout_milliseconds": "${var.wait}""#),
        );
    }

    #[test]
    fn an_http_api_waits_a_second_longer() {
        let http = |timeout: u32| {
            stack(timeout, "")
                .replace(
                    "aws_api_gateway_integration",
                    "aws_apigatewayv2_integration",
                )
                .replace("\"uri\"", "\"integration_uri\"")
        };
        passes(&RULE, &http(30));
        fires(
            &RULE,
            &http(31),
            "may take 31 s, but the API in front of it waits 30 s",
        );
    }

    #[test]
    fn an_alias_is_looked_through() {
        fires(
            &RULE,
            &stack(30, "").replace(
                "aws_lambda_function.f.invoke_arn",
                "aws_lambda_alias.a.invoke_arn",
            ),
            "30 s",
        );
    }

    #[test]
    fn an_asynchronous_call_waits_for_nothing() {
        passes(
            &RULE,
            &stack(
                60,
                r#", "request_parameters": {"integration.request.header.X-Amz-Invocation-Type": "'Event'"}"#,
            ),
        );
    }
}
