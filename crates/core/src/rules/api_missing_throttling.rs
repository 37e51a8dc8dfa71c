//! A stage has a limit on its requests.

use super::lookup::is_dynamic;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "api_missing_throttling",
    summary: "a stage limits the rate and the burst of requests to all its routes",
    explanation: "Without limits of its own a stage takes as many requests as the account may have in the region: \
        one caller in a loop uses up the quota of every other API, and everything behind it is paid for by the \
        request. In Terraform -1 means no limit.",
    severity: Severity::Deny,
    source: "Amazon API Gateway Developer Guide, \"Throttle requests to your REST APIs for better throughput\"",
};

const SETTINGS: &str = "aws_api_gateway_method_settings";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    check_http(graph, findings);
    // Settings that refer to no stage and no API of this stack may be any stage's.
    let has_unknown = graph.resources(SETTINGS).any(|settings| {
        settings.referred("rest_api_id").is_none() && settings.referred("stage_name").is_none()
    });
    for stage in graph.resources("aws_api_gateway_stage") {
        let of_stage = stage.referrers(SETTINGS, "stage_name");
        let of_api = stage
            .referred("rest_api_id")
            .into_iter()
            .flat_map(|api| api.referrers(SETTINGS, "rest_api_id"))
            .filter(|settings| may_be_same_name(stage, *settings));
        let mut settings = of_stage.chain(of_api).filter(|settings| {
            settings
                .get("method_path")
                .is_none_or(|path| path.as_str().is_none_or(|path| path == "*/*"))
        });
        let first = settings.next();
        let is_limited = first.is_some_and(is_limiting) || settings.any(is_limiting);
        if is_limited || (first.is_none() && has_unknown) {
            continue;
        }
        let finding = findings.at(
            stage,
            first.map_or(stage.origin(), |settings| {
                settings.origin_of("settings.throttling_rate_limit")
            }),
            format!("{} does not limit the rate of requests", stage.describe()),
        );
        finding
            .because("a single caller can use up the account's quota for all its APIs, at the account's expense")
            .help(
                "write `throttle(rate = 1000, burst = 2000)` in `#[rest_api(…)]` (Terraform: \
                 `aws_api_gateway_method_settings` with `method_path = \"*/*\"`, `throttling_rate_limit` and \
                 `throttling_burst_limit`)",
            );
        if let Some(settings) = first {
            finding.related(
                format!("the settings of {}", stage.describe()),
                settings.origin(),
            );
        }
    }
}

/// A stage of an HTTP API has its limits in itself.
fn check_http(graph: &Graph<'_>, findings: &mut Findings) {
    for stage in graph.resources("aws_apigatewayv2_stage") {
        let is_open = is_dynamic(stage, SETTINGS_BLOCK)
            || stage
                .get(SETTINGS_BLOCK)
                .is_some_and(|block| block.as_object().is_none() && block.as_list().is_none());
        let is_set = |name: &str| stage.get(&format!("{SETTINGS_BLOCK}.{name}")).is_some();
        if is_open || is_set("throttling_rate_limit") && is_set("throttling_burst_limit") {
            continue;
        }
        findings
            .at(
                stage,
                stage.origin_of(SETTINGS_BLOCK),
                format!("{} does not limit the rate of requests", stage.describe()),
            )
            .because("a single caller can use up the account's quota for all its APIs, at the account's expense")
            .help(
                "write `throttle(rate = 1000, burst = 2000)` in `#[http_api(…)]` (Terraform: \
                 `default_route_settings` with `throttling_rate_limit` and `throttling_burst_limit`)",
            );
    }
}

const SETTINGS_BLOCK: &str = "default_route_settings";

/// Whether settings of the same API name this stage, as far as can be known.
fn may_be_same_name(stage: Resource<'_>, settings: Resource<'_>) -> bool {
    let is_other = settings
        .referred("stage_name")
        .is_some_and(|other| other.type_name() == stage.type_name() && !other.is(stage));
    let is_different = match (stage.text("stage_name"), settings.text("stage_name")) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    };
    !is_other && !is_different
}

/// Whether both limits are set; what is not known yet counts as set.
fn is_limiting(settings: Resource<'_>) -> bool {
    let is_set = |path: &str| {
        settings
            .get(path)
            .is_some_and(|value| value.as_f64().is_none_or(|limit| limit >= 0.0))
    };
    let is_known = settings.get("dynamic").is_none()
        && settings
            .get("settings")
            .is_none_or(|block| block.as_object().is_some());
    !is_known
        || (is_set("settings.throttling_rate_limit") && is_set("settings.throttling_burst_limit"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(settings: &str) -> String {
        format!(
            r#"{{"resource": {{
                "aws_api_gateway_rest_api": {{"a": {{"name": "a"}}}},
                "aws_api_gateway_stage": {{"s": {{"stage_name": "prod", "rest_api_id": "${{aws_api_gateway_rest_api.a.id}}"}}}}
                {settings}}}}}"#
        )
    }

    fn limits(stage: &str, path: &str, rate: &str, burst: &str) -> String {
        stack(&format!(
            r#", "aws_api_gateway_method_settings": {{"m": {{"rest_api_id": "${{aws_api_gateway_rest_api.a.id}}",
                "stage_name": "{stage}", "method_path": "{path}",
                "settings": {{"throttling_rate_limit": {rate}, "throttling_burst_limit": {burst}}}}}}}"#
        ))
    }

    #[test]
    fn a_stage_needs_settings_for_all_its_methods() {
        fires(
            &RULE,
            &stack(""),
            "stage `aws_api_gateway_stage.s` does not limit",
        );
        fires(
            &RULE,
            &limits("prod", "hook/POST", "10", "10"),
            "does not limit",
        );
        fires(&RULE, &limits("test", "*/*", "10", "10"), "does not limit");
        passes(&RULE, &limits("prod", "*/*", "10", "10"));
        passes(
            &RULE,
            &limits("${aws_api_gateway_stage.s.stage_name}", "*/*", "10", "10"),
        );
    }

    #[test]
    fn minus_one_is_no_limit_and_a_variable_may_be_one() {
        fires(&RULE, &limits("prod", "*/*", "-1", "10"), "does not limit");
        fires(
            &RULE,
            &limits("prod", "*/*", "10", "null"),
            "does not limit",
        );
        passes(&RULE, &limits("prod", "*/*", "0", "0"));
        passes(
            &RULE,
            &limits("${var.stage}", "*/*", "\"${var.rate}\"", "10"),
        );
    }

    #[test]
    fn a_stage_of_an_http_api_has_its_own_limits() {
        let stack = |settings: &str| {
            format!(
                r#"{{"resource": {{"aws_apigatewayv2_stage": {{"s": {{"name": "$default"{settings}}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack(""),
            "stage `aws_apigatewayv2_stage.s` does not limit",
        );
        fires(
            &RULE,
            &stack(r#", "default_route_settings": [{"throttling_rate_limit": 1}]"#),
            "does not limit",
        );
        passes(
            &RULE,
            &stack(
                r#", "default_route_settings": {"throttling_rate_limit": 1, "throttling_burst_limit": "${var.burst}"}"#,
            ),
        );
        passes(
            &RULE,
            &stack(r#", "dynamic": {"default_route_settings": {"for_each": "${var.limits}"}}"#),
        );
    }

    #[test]
    fn settings_of_who_knows_which_stage_are_innocent() {
        passes(
            &RULE,
            &stack(
                r#", "aws_api_gateway_method_settings": {"m": {"rest_api_id": "${var.api}", "stage_name": "prod",
            "method_path": "*/*", "settings": {"throttling_rate_limit": 1, "throttling_burst_limit": 1}}}"#,
            ),
        );
    }
}
