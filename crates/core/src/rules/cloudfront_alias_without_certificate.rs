//! A domain name of one's own needs a certificate.

use super::cloudfront::DISTRIBUTION;
use super::lookup::{blocks, is_set};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "cloudfront_alias_without_certificate",
    summary: "a distribution with domain names of its own has a certificate for them",
    explanation: "CloudFront's own certificate is for `*.cloudfront.net` only. A distribution that answers for \
        another name without a certificate for it is refused with `InvalidViewerCertificate`.",
    severity: Severity::Reject,
    source: "Amazon CloudFront Developer Guide, \"Requirements for using alternate domain names\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for distribution in graph.resources(DISTRIBUTION) {
        let names = distribution
            .get("aliases")
            .and_then(Value::as_list)
            .unwrap_or_default();
        let has_certificate = blocks(distribution, "viewer_certificate").is_none()
            || ["acm_certificate_arn", "iam_certificate_id"]
                .into_iter()
                .any(|name| is_set(distribution, &format!("viewer_certificate.{name}")));
        let Some(first) = names.first().filter(|_| !has_certificate) else {
            continue;
        };
        let name = first
            .as_str()
            .map_or_else(|| "a domain name".to_owned(), |name| format!("`{name}`"));
        findings
            .at(
                distribution,
                first.origin.or(distribution.origin_of("aliases")),
                format!("{} has no certificate for {name}", distribution.describe()),
            )
            .because("CloudFront refuses the distribution in the middle of `terraform apply`")
            .help("write `certificate = Certificate.arn` in `#[cloudfront(…)]` (Terraform: `acm_certificate_arn` in `viewer_certificate`)");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::cloudfront::testing::distribution;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn names_need_a_certificate() {
        let with = |names: &str, certificate: &str| {
            distribution(&format!(
                r#""aliases": {names}, "viewer_certificate": [{{{certificate}}}]"#
            ))
        };
        let own = r#""cloudfront_default_certificate": true"#;
        fires(
            &RULE,
            &with(r#"["www.example.com"]"#, own),
            "has no certificate for `www.example.com`",
        );
        passes(&RULE, &with("[]", own));
        passes(&RULE, &with(r#""${var.names}""#, own));
        passes(
            &RULE,
            &with(
                r#"["www.example.com"]"#,
                r#""acm_certificate_arn": "${var.certificate}""#,
            ),
        );
    }
}
