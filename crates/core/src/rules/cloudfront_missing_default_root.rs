//! A site answers for `/`.

use super::cloudfront::{Bucket, DISTRIBUTION, behaviors, bucket};
use super::lookup::{blocks, is_set};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "cloudfront_missing_default_root",
    summary: "a distribution of a bucket says what is served for `/`",
    explanation: "S3 has no object for `/`. Without a default root object the start page is an error, and when \
        CloudFront may list the bucket, it is the list of everything in it.",
    severity: Severity::Warn,
    source: "Amazon CloudFront Developer Guide, \"Specify a default root object\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for distribution in graph.resources(DISTRIBUTION) {
        if is_set(distribution, "default_root_object") {
            continue;
        }
        let Some(behavior) = behaviors(distribution).into_iter().next() else {
            continue;
        };
        // A function at the edge may give the page.
        let has_function = [
            "function_association",
            "lambda_function_association",
            "dynamic",
        ]
        .into_iter()
        .any(|name| behavior.get(name).is_some());
        let target = behavior.get("target_origin_id").and_then(Value::as_str);
        let is_bucket = blocks(distribution, "origin")
            .unwrap_or_default()
            .into_iter()
            .find(|origin| {
                target.is_some() && origin.get("origin_id").and_then(Value::as_str) == target
            })
            .is_some_and(|origin| {
                matches!(bucket(distribution, origin), Some(Bucket::Endpoint(_)))
            });
        if is_bucket && !has_function {
            findings
                .at(
                    distribution,
                    distribution.origin_of("default_root_object"),
                    format!("{} serves nothing for `/`", distribution.describe()),
                )
                .because("the start page of the site is an error")
                .help("write `default_root = \"index.html\"` in `#[cloudfront(…)]` (Terraform: `default_root_object`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::cloudfront::testing::distribution;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_bucket_has_a_start_page() {
        let site = |rest: &str, behavior: &str| {
            distribution(&format!(
                r#""origin": [{{"origin_id": "site", "domain_name": "${{aws_s3_bucket.b.bucket_regional_domain_name}}"}},
                    {{"origin_id": "api", "domain_name": "api.example.com"}}],
                "default_cache_behavior": {{{behavior}}} {rest}"#
            ))
        };
        let own = r#""target_origin_id": "site""#;
        fires(
            &RULE,
            &site("", own),
            "distribution `aws_cloudfront_distribution.d` serves nothing for `/`",
        );
        passes(
            &RULE,
            &site(r#", "default_root_object": "index.html""#, own),
        );
        passes(&RULE, &site("", r#""target_origin_id": "api""#));
        passes(&RULE, &site("", r#""target_origin_id": "${var.origin}""#));
        passes(
            &RULE,
            &site(
                "",
                &format!(r#"{own}, "function_association": [{{"event_type": "viewer-request"}}]"#),
            ),
        );
    }
}
