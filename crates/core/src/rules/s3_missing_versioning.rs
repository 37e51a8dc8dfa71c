//! A bucket keeps what is overwritten and deleted.

use super::bucket_parts::Parts;
use super::lookup::may_be_on;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "s3_missing_versioning",
    summary: "a bucket is versioned",
    explanation: "In a bucket without versioning a write to an existing key replaces the object, and a delete \
        removes it, both for good. Payloads that were archived for a dispute are then gone through one bug. \
        Suspended versioning keeps old versions but adds no new ones.",
    severity: Severity::Deny,
    source: "Amazon S3 User Guide, \"Retaining multiple versions of objects with S3 Versioning\"",
};

const STATUS: &str = "versioning_configuration.status";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let configurations = Parts::new(graph, "aws_s3_bucket_versioning");
    for bucket in graph.resources("aws_s3_bucket") {
        // The argument of the bucket is deprecated, but still there.
        if may_be_on(bucket, "versioning.enabled") {
            continue;
        }
        let Some(found) = configurations.of(bucket) else {
            continue;
        };
        let is_on = found.iter().any(|part| {
            part.get(STATUS)
                .is_some_and(|status| status.as_str().is_none_or(|status| status == "Enabled"))
        });
        if is_on {
            continue;
        }
        let origin = found
            .first()
            .map_or(bucket.origin(), |part| part.origin_of(STATUS));
        findings
            .at(bucket, origin, format!("{} is not versioned", bucket.describe()))
            .because("an object that is overwritten or deleted by mistake cannot be brought back")
            .help("write `versioned` in `#[s3(…)]` (Terraform: `aws_s3_bucket_versioning` with `status = \"Enabled\"`)");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(status: &str) -> String {
        format!(
            r#"{{"resource": {{
            "aws_s3_bucket": {{"b": {{}}}},
            "aws_s3_bucket_versioning": {{"b": {{"bucket": "${{aws_s3_bucket.b.id}}", "versioning_configuration": [{{"status": "{status}"}}]}}}}}}}}"#
        )
    }

    #[test]
    fn it_has_to_be_enabled() {
        fires(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {}}}}"#,
            "bucket `aws_s3_bucket.b` is not versioned",
        );
        fires(&RULE, &stack("Suspended"), "is not versioned");
        fires(&RULE, &stack("Disabled"), "is not versioned");
        passes(&RULE, &stack("Enabled"));
        passes(&RULE, &stack("${var.status}"));
    }

    #[test]
    fn the_deprecated_argument_counts() {
        passes(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {"versioning": [{"enabled": true}]}}}}"#,
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {"versioning": [{"enabled": false}]}}}}"#,
            "is not versioned",
        );
    }
}
