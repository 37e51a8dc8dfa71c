//! A distribution writes down who asked for what.

use super::cloudfront::DISTRIBUTION;
use super::lookup::{blocks, is_dynamic};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "cloudfront_missing_access_log",
    summary: "a distribution has an access log",
    explanation: "What CloudFront answers from its cache reaches no origin, and so is in nobody's log. Without an \
        access log an attack, a broken link or a bill cannot be explained afterwards.",
    severity: Severity::Warn,
    source: "Amazon CloudFront Developer Guide, \"Access logs (standard logs)\"",
};

/// Where a distribution's log is set up, and the argument that names the distribution.
const SOURCE: &str = "aws_cloudwatch_log_delivery_source";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    // A source that refers to nothing of this stack may be any distribution's.
    let has_unknown = graph
        .resources(SOURCE)
        .any(|source| source.referred("resource_arn").is_none());
    for distribution in graph.resources(DISTRIBUTION) {
        let is_logged = is_dynamic(distribution, "logging_config")
            || blocks(distribution, "logging_config").is_none_or(|blocks| !blocks.is_empty())
            || distribution
                .referrers(SOURCE, "resource_arn")
                .next()
                .is_some();
        if is_logged || has_unknown {
            continue;
        }
        findings
            .at(
                distribution,
                distribution.origin_of("logging_config"),
                format!("{} has no access log", distribution.describe()),
            )
            .because("requests that CloudFront answers itself leave no trace")
            .help("write `log(Logs)` in `#[cloudfront(…)]`, with an `#[s3]` bucket (Terraform: `aws_cloudwatch_log_delivery_source`, or `logging_config`)");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::cloudfront::testing::distribution;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn either_kind_of_log_counts() {
        fires(
            &RULE,
            &distribution(""),
            "distribution `aws_cloudfront_distribution.d` has no access log",
        );
        passes(
            &RULE,
            &distribution(r#""logging_config": {"bucket": "logs.s3.amazonaws.com"}"#),
        );
        let with = |arn: &str| {
            format!(
                r#"{{"resource": {{"aws_cloudfront_distribution": {{"d": {{}}}}, "aws_cloudwatch_log_delivery_source": {{"s": {{"resource_arn": "{arn}"}}}}}}}}"#
            )
        };
        passes(&RULE, &with("${aws_cloudfront_distribution.d.arn}"));
        passes(&RULE, &with("${var.arn}"));
    }
}
