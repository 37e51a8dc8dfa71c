//! A change to an API reaches its callers.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "api_missing_redeployment_trigger",
    summary: "a deployment is made anew when its API changes, before the old one goes",
    explanation: "A deployment is a snapshot of a REST API. Terraform makes a new one only when an argument of the \
        deployment changes, so without `triggers` new routes are created and never served. And a stage \
        always points to a deployment: unless the new one is created first, AWS refuses to delete the old one, \
        because active stages pointing to it must be moved or deleted.",
    severity: Severity::Deny,
    source: "Terraform Registry, hashicorp/aws, \"aws_api_gateway_deployment\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for deployment in graph.resources("aws_api_gateway_deployment") {
        if !has_trigger(deployment) {
            findings
                .at(
                    deployment,
                    deployment.origin_of("triggers"),
                    format!("{} does not notice when its API changes", deployment.describe()),
                )
                .because("Terraform changes the API but makes no new snapshot: callers go on with the old one")
                .help(
                    "use `#[rest_api(…)]`, which writes a hash of all routes there (Terraform: `triggers = { \
                     redeployment = sha1(jsonencode([…])) }`)",
                );
        }
        let is_first = deployment
            .get("lifecycle.create_before_destroy")
            .is_some_and(|value| value.as_bool() != Some(false));
        if !is_first {
            findings
                .at(
                    deployment,
                    deployment.origin_of("lifecycle.create_before_destroy"),
                    format!("{} is destroyed before its successor exists", deployment.describe()),
                )
                .because("AWS refuses: active stages pointing to this deployment must be moved or deleted")
                .help(
                    "use `#[rest_api(…)]`, or write `lifecycle(create_before_destroy = true)` (Terraform: \
                     `lifecycle { create_before_destroy = true }`)",
                );
        }
    }
}

fn has_trigger(deployment: Resource<'_>) -> bool {
    let is_there = |value: &Value| value.as_object().is_none_or(|entries| !entries.is_empty());
    ["triggers", "lifecycle.replace_triggered_by"]
        .iter()
        .any(|path| deployment.get(path).is_some_and(is_there))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(body: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_api_gateway_deployment": {{"d": {{"rest_api_id": "x"{body}}}}}}}}}"#
        )
    }

    const TRIGGERS: &str =
        r#", "triggers": {"redeployment": "${sha1(jsonencode([aws_api_gateway_resource.r.id]))}"}"#;
    const FIRST: &str = r#", "lifecycle": {"create_before_destroy": true}"#;

    #[test]
    fn a_deployment_needs_a_trigger() {
        fires(&RULE, &stack(FIRST), "does not notice when its API changes");
        fires(
            &RULE,
            &stack(&format!(r#"{FIRST}, "triggers": {{}}"#)),
            "does not notice",
        );
        passes(&RULE, &stack(&format!("{FIRST}{TRIGGERS}")));
        passes(
            &RULE,
            &stack(
                r#", "lifecycle": {"create_before_destroy": true, "replace_triggered_by": ["aws_api_gateway_resource.r"]}"#,
            ),
        );
    }

    #[test]
    fn a_deployment_is_created_before_the_old_one_goes() {
        fires(
            &RULE,
            &stack(TRIGGERS),
            "is destroyed before its successor exists",
        );
        fires(
            &RULE,
            &stack(&format!(
                r#"{TRIGGERS}, "lifecycle": {{"create_before_destroy": false}}"#
            )),
            "is destroyed before",
        );
    }
}
