//! Viewers of a distribution use HTTPS.

use super::cloudfront::{DISTRIBUTION, behaviors, place};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "cloudfront_viewer_http",
    summary: "a distribution sends viewers to HTTPS, or takes nothing else",
    explanation: "With `allow-all` CloudFront answers plain HTTP as well. Whoever is on the way can read what is \
        sent, cookies included, and put something else in its place.",
    severity: Severity::Deny,
    source: "Amazon CloudFront Developer Guide, \"Require HTTPS for communication between viewers and CloudFront\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for distribution in graph.resources(DISTRIBUTION) {
        for behavior in behaviors(distribution) {
            let policy = behavior
                .get("viewer_protocol_policy")
                .and_then(Value::as_str);
            if policy != Some("allow-all") {
                continue;
            }
            let path = behavior.get("path_pattern").and_then(Value::as_str);
            let of = path.map_or_else(String::new, |path| format!(" for `{path}`"));
            findings
                .at(
                    distribution,
                    place(behavior, "viewer_protocol_policy", distribution),
                    format!("{} answers plain HTTP{of}", distribution.describe()),
                )
                .because("whoever is on the way can read and change what is sent")
                .help("write `viewer_protocol_policy = \"redirect-to-https\"`, as `#[cloudfront(…)]` does (Terraform: the same), or `\"https-only\"`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::cloudfront::testing::distribution;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn plain_http_is_found_in_every_behaviour() {
        fires(
            &RULE,
            &distribution(r#""default_cache_behavior": {"viewer_protocol_policy": "allow-all"}"#),
            "distribution `aws_cloudfront_distribution.d` answers plain HTTP",
        );
        fires(
            &RULE,
            &distribution(
                r#""default_cache_behavior": {"viewer_protocol_policy": "https-only"},
                "ordered_cache_behavior": [{"path_pattern": "/api/*", "viewer_protocol_policy": "allow-all"}]"#,
            ),
            "for `/api/*`",
        );
        passes(
            &RULE,
            &distribution(
                r#""default_cache_behavior": {"viewer_protocol_policy": "redirect-to-https"}"#,
            ),
        );
        passes(
            &RULE,
            &distribution(
                r#""default_cache_behavior": {"viewer_protocol_policy": "${var.policy}"}"#,
            ),
        );
    }
}
