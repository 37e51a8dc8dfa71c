//! A route leads somewhere.

use std::collections::HashSet;

use super::api_routes::{identity, route};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "api_missing_integration",
    summary: "every method of a deployed API has an integration",
    explanation: "An integration says what answers a method: a function, another service or a mock. API Gateway \
        deploys no API that has a method without one: the deployment fails with \"No integration defined for \
        method\".",
    severity: Severity::Reject,
    source: "Amazon API Gateway API Reference, \"CreateDeployment\" and \"PutIntegration\"",
};

const INTEGRATION: &str = "aws_api_gateway_integration";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let mut integrated = HashSet::new();
    // Resources with an integration whose method is not known: it may be any method's.
    let mut unsure = HashSet::new();
    for integration in graph.resources(INTEGRATION) {
        match (place(integration), integration.text("http_method")) {
            (None, _) if refers_to_method(integration) => {}
            (None, _) => return,
            (Some(place), Some(verb)) => {
                integrated.insert((place, verb));
            }
            (Some(place), None) => {
                if !refers_to_method(integration) {
                    unsure.insert(place);
                }
            }
        }
    }
    for method in graph.resources("aws_api_gateway_method") {
        let is_deployed = method.referred("rest_api_id").is_some_and(|api| {
            api.referrers("aws_api_gateway_deployment", "rest_api_id")
                .next()
                .is_some()
        });
        let is_referred = method
            .referrers(INTEGRATION, "http_method")
            .next()
            .is_some()
            || method
                .referrers(INTEGRATION, "resource_id")
                .next()
                .is_some();
        let (Some(place), Some(verb)) = (place(method), method.text("http_method")) else {
            continue;
        };
        if is_deployed
            && !is_referred
            && !unsure.contains(&place)
            && !integrated.contains(&(place, verb))
        {
            findings
                .at(
                    method,
                    method.origin(),
                    format!("{} has no integration", route(method)),
                )
                .because("API Gateway refuses to deploy the API: no integration defined for method")
                .help(
                    "write what answers the route, such as `pub webhook: Ingestion` (Terraform: \
                     `aws_api_gateway_integration` with the same `resource_id` and `http_method`)",
                );
        }
    }
}

/// The API's resource that a method or an integration belongs to: the block, whichever of its instances.
fn place(block: Resource<'_>) -> Option<String> {
    match block.referred("resource_id") {
        Some(target) => {
            let is_place = matches!(
                target.type_name(),
                "aws_api_gateway_resource" | "aws_api_gateway_rest_api"
            );
            is_place.then(|| target.block.address().as_str().to_owned())
        }
        None => block
            .text("resource_id")
            .and_then(|_| identity(block, "resource_id")),
    }
}

fn refers_to_method(integration: Resource<'_>) -> bool {
    ["http_method", "resource_id"].iter().any(|argument| {
        integration
            .referred(argument)
            .is_some_and(|target| target.type_name() == "aws_api_gateway_method")
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(deployed: bool, integrations: &str) -> String {
        let deployment = r#""aws_api_gateway_deployment": {"d": {"rest_api_id": "${aws_api_gateway_rest_api.a.id}"}},"#;
        let deployment = if deployed { deployment } else { "" };
        format!(
            r#"{{"resource": {{ {deployment}
                "aws_api_gateway_rest_api": {{"a": {{"name": "a"}}}},
                "aws_api_gateway_resource": {{
                    "r": {{"path_part": "hook", "parent_id": "${{aws_api_gateway_rest_api.a.root_resource_id}}"}}}},
                "aws_api_gateway_method": {{"m": {{"http_method": "POST",
                    "rest_api_id": "${{aws_api_gateway_rest_api.a.id}}", "resource_id": "${{aws_api_gateway_resource.r.id}}"}}}},
                "aws_api_gateway_integration": {{ {integrations} }}}}}}"#
        )
    }

    fn integration(verb: &str, resource: &str) -> String {
        stack(
            true,
            &format!(r#""i": {{"http_method": "{verb}", "resource_id": "{resource}"}}"#),
        )
    }

    #[test]
    fn a_method_of_a_deployed_api_needs_an_integration() {
        fires(
            &RULE,
            &stack(true, ""),
            "route `POST /hook` has no integration",
        );
        fires(
            &RULE,
            &integration("GET", "${aws_api_gateway_resource.r.id}"),
            "has no integration",
        );
        fires(
            &RULE,
            &integration("POST", "${aws_api_gateway_rest_api.a.root_resource_id}"),
            "has no integration",
        );
        passes(&RULE, &stack(false, ""));
        passes(
            &RULE,
            &integration("POST", "${aws_api_gateway_resource.r.id}"),
        );
        passes(
            &RULE,
            &integration(
                "${aws_api_gateway_method.m.http_method}",
                "${aws_api_gateway_resource.r.id}",
            ),
        );
        passes(
            &RULE,
            &integration("POST", "${aws_api_gateway_method.m.resource_id}"),
        );
    }

    #[test]
    fn what_is_not_known_may_be_the_integration() {
        passes(
            &RULE,
            &integration("${var.verb}", "${aws_api_gateway_resource.r.id}"),
        );
        passes(&RULE, &integration("POST", "${var.resource}"));
    }
}
