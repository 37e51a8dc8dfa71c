//! One place in a path has one variable.

use std::collections::HashMap;

use super::api_routes::{identity, is_repeated};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "api_shadowed_route",
    summary: "path variables at the same place of a path have the same name",
    explanation: "A request for `/webhook/stripe` would match both `/webhook/{provider}` and `/webhook/{name}`, and \
        nothing could say which is meant. API Gateway therefore takes one path variable under a parent and \
        refuses the second. A fixed part next to a variable one is fine, and so is `ANY` next to a verb: the \
        more specific one wins.",
    severity: Severity::Reject,
    source: "Amazon API Gateway API Reference, \"CreateResource\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let mut seen: HashMap<String, (Resource<'_>, &str)> = HashMap::new();
    for resource in graph
        .resources("aws_api_gateway_resource")
        .filter(|block| !is_repeated(*block))
    {
        let variable = resource.text("path_part").filter(|part| is_variable(part));
        let (Some(parent), Some(part)) = (identity(resource, "parent_id"), variable) else {
            continue;
        };
        let (first, name) = *seen.entry(parent).or_insert((resource, part));
        if name != part {
            findings
                .at(
                    resource,
                    resource.origin_of("path_part"),
                    format!("path variable `{part}` stands where another route has `{name}`"),
                )
                .because("API Gateway refuses a second path variable under the same parent")
                .related(
                    format!("`{name}` of `{}`", first.block.address()),
                    first.origin_of("path_part"),
                )
                .help(format!(
                    "write `{name}` in both paths (Terraform: `path_part`)"
                ));
        }
    }
}

fn is_variable(part: &str) -> bool {
    part.starts_with('{') && part.ends_with('}')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(one: &str, other: &str, parent: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_api_gateway_resource": {{
                "one": {{"path_part": "{one}", "parent_id": "${{aws_api_gateway_resource.a.id}}"}},
                "other": {{"path_part": "{other}", "parent_id": "${{aws_api_gateway_resource.{parent}.id}}"}}}}}}}}"#
        )
    }

    #[test]
    fn two_names_for_one_place_are_found() {
        fires(
            &RULE,
            &stack("{a}", "{b}", "a"),
            "path variable `{b}` stands where another route has `{a}`",
        );
        fires(&RULE, &stack("{a}", "{proxy+}", "a"), "`{proxy+}`");
        passes(&RULE, &stack("{a}", "b", "a"));
        passes(&RULE, &stack("{a}", "{b}", "b"));
        passes(&RULE, &stack("{a}", "${var.part}", "a"));
    }

    #[test]
    fn the_same_name_is_for_another_rule() {
        passes(&RULE, &stack("{a}", "{a}", "a"));
    }
}
