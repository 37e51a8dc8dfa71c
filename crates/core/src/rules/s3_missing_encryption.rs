//! A bucket says how its objects are encrypted.

use super::bucket_parts::Parts;
use super::lookup::{is_dynamic, is_set};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "s3_missing_encryption",
    summary: "a bucket states the encryption of its objects",
    explanation: "Since 2023 S3 encrypts new objects with keys of its own, whether asked or not. Which key, and \
        whether uploads may choose another one, is then left to a default that no plan shows. Stated, it is \
        reviewed like everything else, and an `apply` repairs it when somebody changed it.",
    severity: Severity::Deny,
    source: "Amazon S3 User Guide, \"Setting default server-side encryption behavior for Amazon S3 buckets\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let configurations = Parts::new(graph, "aws_s3_bucket_server_side_encryption_configuration");
    // The argument of the bucket is deprecated, but still there.
    let path = "server_side_encryption_configuration";
    for bucket in graph.resources("aws_s3_bucket") {
        let is_missing = configurations
            .of(bucket)
            .is_some_and(|found| found.is_empty());
        if is_missing && !is_set(bucket, path) && !is_dynamic(bucket, path) {
            findings
                .at(
                    bucket,
                    bucket.origin(),
                    format!("{} does not say how its objects are encrypted", bucket.describe()),
                )
                .because("S3 uses its own keys, and nobody notices when somebody changes that by hand")
                .help("write `encrypted = \"AES256\"` in `#[s3(…)]` (Terraform: `aws_s3_bucket_server_side_encryption_configuration`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(bucket: &str, of: &str) -> String {
        format!(
            r#"{{"resource": {{
            "aws_s3_bucket": {{"b": {{{bucket}}}}},
            "aws_s3_bucket_public_access_block": {{"b": {{"bucket": "${{aws_s3_bucket.b.id}}"}}}},
            "aws_s3_bucket_server_side_encryption_configuration": {{"b": {{"bucket": "{of}", "rule": [{{"apply_server_side_encryption_by_default": [{{"sse_algorithm": "AES256"}}]}}]}}}}}}}}"#
        )
    }

    #[test]
    fn it_belongs_to_the_bucket_by_reference_or_by_name() {
        fires(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {}}}}"#,
            "bucket `aws_s3_bucket.b` does not say how",
        );
        passes(&RULE, &stack("", "${aws_s3_bucket.b.id}"));
        passes(
            &RULE,
            &stack("", "${aws_s3_bucket_public_access_block.b.bucket}"),
        );
        passes(&RULE, &stack(r#""bucket": "payloads""#, "payloads"));
        fires(
            &RULE,
            &stack(r#""bucket": "payloads""#, "others"),
            "does not say how",
        );
        fires(&RULE, &stack("", "others"), "does not say how");
    }

    #[test]
    fn one_of_an_unknown_bucket_may_be_this_ones() {
        passes(&RULE, &stack("", "${var.bucket}"));
        passes(&RULE, &stack("", "${data.aws_s3_bucket.other.id}"));
    }

    #[test]
    fn the_deprecated_argument_counts() {
        passes(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {"server_side_encryption_configuration": [{"rule": [{}]}]}}}}"#,
        );
    }
}
