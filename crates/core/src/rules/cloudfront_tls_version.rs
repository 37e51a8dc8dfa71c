//! A distribution with a certificate of its own refuses old TLS.

use super::cloudfront::DISTRIBUTION;
use super::lookup::{blocks, is_set};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "cloudfront_tls_version",
    summary: "a distribution with a certificate of its own takes TLS 1.2 of 2021 or later only",
    explanation: "Without a security policy CloudFront takes TLS 1.0, whose ciphers can be broken; the policies \
        before `TLSv1.2_2021` still know ciphers without forward secrecy. With CloudFront's own certificate the \
        policy cannot be chosen, and nothing is reported.",
    severity: Severity::Deny,
    source: "Amazon CloudFront Developer Guide, \"Supported protocols and ciphers between viewers and CloudFront\"",
};

/// The policies that are good today.
const GOOD: [&str; 3] = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for distribution in graph.resources(DISTRIBUTION) {
        let has_certificate = blocks(distribution, "viewer_certificate").is_some()
            && ["acm_certificate_arn", "iam_certificate_id"]
                .into_iter()
                .any(|name| is_set(distribution, &format!("viewer_certificate.{name}")));
        if !has_certificate {
            continue;
        }
        let path = "viewer_certificate.minimum_protocol_version";
        let message = match distribution.get(path) {
            None => format!(
                "{} does not say which TLS versions it takes",
                distribution.describe()
            ),
            Some(value) => match value.as_str() {
                Some(policy) if !GOOD.contains(&policy) => {
                    format!("{} takes old TLS (`{policy}`)", distribution.describe())
                }
                _ => continue,
            },
        };
        findings
            .at(distribution, distribution.origin_of(path), message)
            .because("connections may use versions and ciphers that can be broken")
            .help("leave `tls` out in `#[cloudfront(…)]`, or write `tls = \"TLSv1.2_2021\"` (Terraform: `minimum_protocol_version`)");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::cloudfront::testing::distribution;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_certificate_needs_a_security_policy() {
        let with = |policy: &str| {
            distribution(&format!(
                r#""viewer_certificate": [{{"acm_certificate_arn": "${{var.certificate}}" {policy}}}]"#
            ))
        };
        fires(&RULE, &with(""), "does not say which TLS versions");
        fires(
            &RULE,
            &with(r#", "minimum_protocol_version": "TLSv1.1_2016""#),
            "takes old TLS (`TLSv1.1_2016`)",
        );
        fires(
            &RULE,
            &with(r#", "minimum_protocol_version": "TLSv1.2_2019""#),
            "takes old TLS",
        );
        passes(
            &RULE,
            &with(r#", "minimum_protocol_version": "TLSv1.2_2021""#),
        );
        passes(
            &RULE,
            &with(r#", "minimum_protocol_version": "${var.policy}""#),
        );
        passes(
            &RULE,
            &distribution(r#""viewer_certificate": {"cloudfront_default_certificate": true}"#),
        );
    }
}
