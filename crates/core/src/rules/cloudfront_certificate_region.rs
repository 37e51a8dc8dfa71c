//! CloudFront takes certificates of one region.

use super::cloudfront::DISTRIBUTION;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::{BlockKind, Origin};
use crate::graph::{Graph, Resource};
use crate::value::ValueKind;

pub(super) const RULE: Rule = Rule {
    name: "cloudfront_certificate_region",
    summary: "a certificate for CloudFront is made in us-east-1",
    explanation: "CloudFront is run from us-east-1 (N. Virginia) and finds certificates there alone, wherever the \
        rest of the stack is. It refuses the distribution otherwise, minutes into `terraform apply`.",
    severity: Severity::Reject,
    source: "Amazon CloudFront Developer Guide, \"Requirements for using SSL/TLS certificates with CloudFront\"",
};

const REGION: &str = "us-east-1";
const CERTIFICATE: &str = "aws_acm_certificate";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for distribution in graph.resources(DISTRIBUTION) {
        let path = "viewer_certificate.acm_certificate_arn";
        let Some(certificate) = distribution.referred(path).and_then(certificate) else {
            continue;
        };
        let Some((region, origin)) = region(certificate) else {
            continue;
        };
        if region == REGION {
            continue;
        }
        findings
            .at(
                certificate,
                origin.or(certificate.origin()),
                format!(
                    "{} is made in {region}, but {} needs it in {REGION}",
                    certificate.describe(),
                    distribution.describe()
                ),
            )
            .because("CloudFront looks for certificates in us-east-1 only, and refuses the distribution")
            .related("the distribution", distribution.origin_of(path))
            .help("write `region = \"us-east-1\"` in the certificate (Terraform: the same, or `provider` with an alias for that region)");
    }
}

/// The certificate behind a certificate, or behind its validation.
fn certificate(resource: Resource<'_>) -> Option<Resource<'_>> {
    match resource.type_name() {
        _ if resource.block.kind != BlockKind::Resource => None,
        CERTIFICATE => Some(resource),
        "aws_acm_certificate_validation" => resource.referred("certificate_arn").filter(|found| {
            found.type_name() == CERTIFICATE && found.block.kind == BlockKind::Resource
        }),
        _ => None,
    }
}

/// The region that a resource is made in, and where it says so itself.
fn region(resource: Resource<'_>) -> Option<(&str, Origin)> {
    if let Some(region) = resource.get("region") {
        return Some((region.as_str()?, resource.origin_of("region")));
    }
    let (alias, origin) = match resource.get("provider").map(|value| &value.kind) {
        None => (None, Origin::UNKNOWN),
        Some(ValueKind::Address(address)) => {
            let (provider, alias) = address.as_str().split_once('.')?;
            (provider == "aws").then_some(())?;
            (Some(alias), resource.origin_of("provider"))
        }
        Some(_) => return None,
    };
    let provider = resource.graph.all().find(|block| {
        block.block.kind == BlockKind::Provider
            && block.type_name() == "aws"
            && block.text("alias") == alias
    })?;
    Some((provider.text("region")?, origin))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(certificate: &str, region: &str) -> String {
        format!(
            r#"{{"provider": {{"aws": [{{"region": "{region}"}}, {{"alias": "virginia", "region": "us-east-1"}}, {{"alias": "paris", "region": "eu-west-3"}}]}},
            "resource": {{"aws_acm_certificate": {{"c": {{{certificate}}}}},
            "aws_acm_certificate_validation": {{"v": {{"certificate_arn": "${{aws_acm_certificate.c.arn}}"}}}},
            "aws_cloudfront_distribution": {{"d": {{"viewer_certificate": [{{"acm_certificate_arn": "${{aws_acm_certificate_validation.v.certificate_arn}}"}}]}}}}}}}}"#
        )
    }

    #[test]
    fn the_certificate_is_in_virginia() {
        fires(
            &RULE,
            &stack("", "eu-west-1"),
            "certificate `aws_acm_certificate.c` is made in eu-west-1",
        );
        fires(
            &RULE,
            &stack(r#""region": "eu-west-2""#, "us-east-1"),
            "is made in eu-west-2",
        );
        fires(
            &RULE,
            &stack(r#""provider": "aws.paris""#, "us-east-1"),
            "is made in eu-west-3",
        );
        passes(&RULE, &stack("", "us-east-1"));
        passes(&RULE, &stack("", "${var.region}"));
        passes(&RULE, &stack(r#""region": "us-east-1""#, "eu-west-1"));
        passes(&RULE, &stack(r#""region": "${var.region}""#, "eu-west-1"));
        passes(&RULE, &stack(r#""provider": "aws.virginia""#, "eu-west-1"));
    }
}
