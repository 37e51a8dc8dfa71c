//! A bucket behind a distribution lets CloudFront in.

use super::bucket_parts::Parts;
use super::cloudfront::{Bucket, DISTRIBUTION, bucket, place};
use super::lookup::{blocks, entry, objects};
use super::policy::{Statement, policy};
use super::transport_policy::is_merged;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::{Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "cloudfront_bucket_policy_missing",
    summary: "the policy of a bucket lets the distribution read that is in front of it",
    explanation: "Origin Access Control has CloudFront say who it is; the bucket's policy has to let it in as well. \
        Without the statement every request ends in 403. A policy that is not written out in the stack is not judged.",
    severity: Severity::Deny,
    source: "Amazon CloudFront Developer Guide, \"Restrict access to an Amazon S3 origin\"",
};

const SERVICE: &str = "cloudfront.amazonaws.com";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let policies = Parts::new(graph, "aws_s3_bucket_policy");
    for distribution in graph.resources(DISTRIBUTION) {
        for origin in blocks(distribution, "origin").unwrap_or_default() {
            let Some(Bucket::Endpoint(Some(bucket))) = bucket(distribution, origin) else {
                continue;
            };
            if entry(origin, "origin_access_control_id").is_none() {
                continue;
            }
            let Some(found) = policies.of(bucket) else {
                continue;
            };
            if bucket.get("policy").is_some() || found.iter().any(|policy| may_let_in(*policy)) {
                continue;
            }
            findings
                .at(
                    distribution,
                    place(origin, "domain_name", distribution),
                    format!(
                        "the policy of {} does not let {} in",
                        bucket.describe(),
                        distribution.describe()
                    ),
                )
                .because("S3 answers every request of CloudFront's with 403")
                .related("the bucket", bucket.origin())
                .help(format!(
                    "write `origin = Site` in `#[cloudfront(…)]`, which adds the statement (Terraform: in the bucket's policy, allow `s3:GetObject` to the service `{SERVICE}` under `aws:SourceArn` of the distribution)"
                ));
        }
    }
}

/// Whether a policy lets CloudFront in, or may turn out to.
fn may_let_in(resource: Resource<'_>) -> bool {
    let Some((document, statements)) = policy(resource, "policy") else {
        return true;
    };
    let is_readable = if document.is(resource) {
        resource.get("policy").is_some_and(|value| {
            matches!(value.kind, ValueKind::String(_)) || objects(value.get("Statement")).is_some()
        })
    } else {
        blocks(document, "statement").is_some() && !is_merged(document)
    };
    !is_readable || statements.iter().any(lets_in)
}

fn lets_in(statement: &Statement) -> bool {
    let is_for_cloudfront = |value: &Value| {
        value
            .as_str()
            .is_none_or(|name| name == SERVICE || name == "*")
    };
    statement.allows
        && statement.principals.iter().any(|(kind, names)| {
            kind == "*" || kind == "Service" && names.iter().any(is_for_cloudfront)
        })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(policy: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_s3_bucket": {{"b": {{}}}} {policy}, "aws_cloudfront_distribution": {{"d": {{
                "origin": [{{"domain_name": "${{aws_s3_bucket.b.bucket_regional_domain_name}}", "origin_access_control_id": "${{var.control}}"}}]}}}}}}}}"#
        )
    }

    fn with(principal: &str) -> String {
        stack(&format!(
            r#", "aws_s3_bucket_policy": {{"b": {{"bucket": "${{aws_s3_bucket.b.id}}", "policy":
                "${{jsonencode({{Statement = [{{Effect = \"Allow\", Action = \"s3:GetObject\", Resource = \"*\", Principal = {principal}}}]}})}}"}}}}"#
        ))
    }

    #[test]
    fn the_policy_names_cloudfront() {
        fires(
            &RULE,
            &stack(""),
            "the policy of bucket `aws_s3_bucket.b` does not let distribution `aws_cloudfront_distribution.d` in",
        );
        fires(
            &RULE,
            &with(r#"{Service = \"logging.s3.amazonaws.com\"}"#),
            "does not let",
        );
        passes(&RULE, &with(r#"{Service = \"cloudfront.amazonaws.com\"}"#));
        passes(&RULE, &with(r"{Service = var.service}"));
        passes(
            &RULE,
            &stack(
                r#", "aws_s3_bucket_policy": {"b": {"bucket": "${aws_s3_bucket.b.id}", "policy": "${var.policy}"}}"#,
            ),
        );
    }
}
