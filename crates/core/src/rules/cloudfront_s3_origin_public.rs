//! A bucket behind a distribution is private.

use super::cloudfront::{Bucket, DISTRIBUTION, bucket, place};
use super::lookup::{blocks, entry, objects};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::{Object, Value};

pub(super) const RULE: Rule = Rule {
    name: "cloudfront_s3_origin_public",
    summary: "CloudFront reads a bucket with Origin Access Control, so that the bucket stays private",
    explanation: "Without Origin Access Control (or the older identity) CloudFront asks as anybody would: either \
        the bucket is open to the world, and everything that CloudFront checks can be gone around, or each answer \
        is 403. The endpoint of a website is always open, and speaks plain HTTP only.",
    severity: Severity::Deny,
    source: "Amazon CloudFront Developer Guide, \"Restrict access to an Amazon S3 origin\"",
};

const HELP: &str = "write `origin = Site` in `#[cloudfront(…)]`, with an `#[s3]` bucket (Terraform: `origin_access_control_id` with an `aws_cloudfront_origin_access_control`, and `cloudfront.amazonaws.com` in the bucket's policy)";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for distribution in graph.resources(DISTRIBUTION) {
        for origin in blocks(distribution, "origin").unwrap_or_default() {
            let (found, how) = match bucket(distribution, origin) {
                Some(Bucket::Endpoint(found)) if !is_signed(origin) => {
                    (found, "without Origin Access Control")
                }
                Some(Bucket::Website(found)) => (found, "as a website, which is open to everybody"),
                _ => continue,
            };
            let what = found.map_or_else(|| "a bucket".to_owned(), Resource::describe);
            findings
                .at(
                    distribution,
                    place(origin, "domain_name", distribution),
                    format!("{} reads {what} {how}", distribution.describe()),
                )
                .because("the bucket has to be public, and whoever knows its name goes around CloudFront")
                .help(HELP);
        }
    }
}

/// Whether CloudFront says who it is; what is not known yet may say so.
fn is_signed(origin: &Object) -> bool {
    let is_there = |value: Option<&Value>| value.is_some_and(|value| value.as_str() != Some(""));
    is_there(entry(origin, "origin_access_control_id"))
        || match objects(origin.get("s3_origin_config")) {
            None => true,
            Some(blocks) => blocks
                .into_iter()
                .any(|block| is_there(entry(block, "origin_access_identity"))),
        }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::cloudfront::testing::distribution;
    use crate::rules::testing::{fires, passes};

    fn origin(domain: &str, rest: &str) -> String {
        distribution(&format!(
            r#""origin": [{{"domain_name": "{domain}" {rest}}}]"#
        ))
    }

    #[test]
    fn a_bucket_needs_access_control() {
        let bucket = "${aws_s3_bucket.b.bucket_regional_domain_name}";
        fires(
            &RULE,
            &origin(bucket, ""),
            "reads bucket `aws_s3_bucket.b` without Origin Access Control",
        );
        fires(
            &RULE,
            &origin("assets.s3.eu-west-1.amazonaws.com", ""),
            "reads a bucket without",
        );
        fires(
            &RULE,
            &origin(
                bucket,
                r#", "s3_origin_config": {"origin_access_identity": ""}"#,
            ),
            "without Origin Access Control",
        );
        passes(
            &RULE,
            &origin(bucket, r#", "origin_access_control_id": "${var.control}""#),
        );
        passes(
            &RULE,
            &origin(
                bucket,
                r#", "s3_origin_config": {"origin_access_identity": "${var.identity}"}"#,
            ),
        );
        passes(&RULE, &origin("api.example.com", ""));
        passes(&RULE, &origin("${var.domain}", ""));
    }

    #[test]
    fn a_website_is_public() {
        fires(
            &RULE,
            &origin("${aws_s3_bucket.b.website_endpoint}", ""),
            "as a website",
        );
        fires(
            &RULE,
            &origin("b.s3-website-eu-west-1.amazonaws.com", ""),
            "reads a bucket as a website",
        );
    }
}
