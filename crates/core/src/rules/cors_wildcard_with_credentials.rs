//! Not every page may call with the visitor's credentials.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "cors_wildcard_with_credentials",
    summary: "pages that may send credentials are named, not `*`",
    explanation: "With credentials a browser sends the visitor's cookies along. If every page may do so, any site that \
        somebody opens can act in their name and read the answers. Browsers refuse a literal `*` here, so the \
        combination is either broken or, where a service echoes the origin, a hole.",
    severity: Severity::Deny,
    source: "Fetch Standard, \"CORS protocol and credentials\"; Amazon API Gateway Developer Guide, \"Configure CORS for \
        HTTP APIs in API Gateway\"",
};

/// The types, and the block with the same arguments in each.
const TYPES: [(&str, &str); 2] = [
    ("aws_apigatewayv2_api", "cors_configuration"),
    ("aws_lambda_function_url", "cors"),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, block) in TYPES {
        for resource in graph.resources(type_name) {
            let path = |name: &str| format!("{block}.{name}");
            let is_everybody = resource
                .get(&path("allow_origins"))
                .and_then(Value::as_list)
                .is_some_and(|origins| origins.iter().any(|origin| origin.as_str() == Some("*")));
            if !is_everybody || resource.flag(&path("allow_credentials")) != Some(true) {
                continue;
            }
            findings
                .at(
                    resource,
                    resource.origin_of(&path("allow_origins")),
                    format!("{} lets every page call with the visitor's credentials", resource.describe()),
                )
                .because("any site that somebody opens could act in their name")
                .help(
                    "name the pages: `cors(origins = [\"https://shop.example\"], credentials)`, or take `credentials` \
                     out (Terraform: `allow_origins`, `allow_credentials`)",
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(type_name: &str, block: &str, origins: &str, credentials: &str) -> String {
        format!(
            r#"{{"resource": {{"{type_name}": {{"x": {{"{block}": [{{"allow_origins": {origins}, "allow_credentials": {credentials}}}]}}}}}}}}"#
        )
    }

    #[test]
    fn apis_and_function_urls_are_judged_alike() {
        for (type_name, block) in [
            ("aws_apigatewayv2_api", "cors_configuration"),
            ("aws_lambda_function_url", "cors"),
        ] {
            let stack = |origins, credentials| stack(type_name, block, origins, credentials);
            fires(&RULE, &stack(r#"["*"]"#, "true"), "every page");
            fires(
                &RULE,
                &stack(r#"["https://a.example", "*"]"#, "true"),
                "every page",
            );
            passes(&RULE, &stack(r#"["*"]"#, "false"));
            passes(&RULE, &stack(r#"["https://a.example"]"#, "true"));
            passes(&RULE, &stack(r#""${var.origins}""#, "true"));
            passes(&RULE, &stack(r#"["*"]"#, "\"${var.credentials}\""));
        }
    }
}
