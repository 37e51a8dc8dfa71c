//! Browsers are told how to treat a site.

use super::cloudfront::{DISTRIBUTION, behaviors, place};
use super::lookup::entry;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "cloudfront_missing_security_headers",
    summary: "a distribution adds security headers to its responses",
    explanation: "`Strict-Transport-Security` keeps a browser from trying plain HTTP again, `X-Frame-Options` \
        keeps the site out of other people's frames, `X-Content-Type-Options` keeps a picture from being run as a \
        script. S3 sends none of them; the managed policy SecurityHeadersPolicy adds all.",
    severity: Severity::Warn,
    source: "Amazon CloudFront Developer Guide, \"Use managed response headers policies\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for distribution in graph.resources(DISTRIBUTION) {
        let Some(behavior) = behaviors(distribution).into_iter().next() else {
            continue;
        };
        // A function at the edge may add them.
        let has_function = [
            "function_association",
            "lambda_function_association",
            "dynamic",
        ]
        .into_iter()
        .any(|name| behavior.get(name).is_some());
        if has_function || entry(behavior, "response_headers_policy_id").is_some() {
            continue;
        }
        findings
            .at(
                distribution,
                place(behavior, "target_origin_id", distribution),
                format!("{} adds no security headers", distribution.describe()),
            )
            .because("browsers may go back to plain HTTP, frame the site, or guess what a file is")
            .help("leave `headers` out in `#[cloudfront(…)]`, or write `headers = \"security\"` (Terraform: `response_headers_policy_id` with the policy `Managed-SecurityHeadersPolicy`)");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::cloudfront::testing::distribution;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn the_default_behaviour_adds_headers() {
        let with = |rest: &str| {
            distribution(&format!(
                r#""default_cache_behavior": {{"target_origin_id": "a" {rest}}}"#
            ))
        };
        fires(&RULE, &with(""), "adds no security headers");
        passes(
            &RULE,
            &with(r#", "response_headers_policy_id": "${var.policy}""#),
        );
        passes(
            &RULE,
            &with(r#", "function_association": [{"event_type": "viewer-response"}]"#),
        );
        passes(&RULE, &distribution(""));
    }
}
