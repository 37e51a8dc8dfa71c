//! Uploads that were never finished are thrown away.

use super::bucket_parts::Parts;
use super::lookup::{blocks, entry};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "s3_missing_abort_incomplete_uploads",
    summary: "a bucket aborts multipart uploads that were never finished",
    explanation: "A client that dies in the middle of a multipart upload leaves the parts it sent. They are in no \
        listing of the bucket, no expiration removes them, and they are charged like objects. A lifecycle rule \
        with `abort_incomplete_multipart_upload` removes them after some days.",
    severity: Severity::Warn,
    source: "Amazon S3 User Guide, \"Configuring a bucket lifecycle configuration to delete incomplete multipart uploads\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let configurations = Parts::new(graph, "aws_s3_bucket_lifecycle_configuration");
    for bucket in graph.resources("aws_s3_bucket") {
        let Some(found) = configurations.of(bucket) else {
            continue;
        };
        // The argument of the bucket is deprecated, but still there.
        let aborts = has_rule(
            bucket,
            "lifecycle_rule",
            "abort_incomplete_multipart_upload_days",
        ) || found
            .iter()
            .any(|part| has_rule(*part, "rule", "abort_incomplete_multipart_upload"));
        if !aborts {
            let origin = found
                .first()
                .map_or(bucket.origin(), |part| part.origin_of("rule"));
            findings
                .at(bucket, origin, format!("{} keeps the parts of unfinished uploads", bucket.describe()))
                .because("S3 charges for parts of uploads that were never finished, and shows them in no listing")
                .help("`#[s3]` aborts them by itself (Terraform: `aws_s3_bucket_lifecycle_configuration` with a `rule` that has `abort_incomplete_multipart_upload { days_after_initiation = 7 }`)");
        }
    }
}

/// Whether a rule that is not switched off has this entry, or may turn out to.
fn has_rule(resource: Resource<'_>, path: &str, wanted: &str) -> bool {
    blocks(resource, path).is_none_or(|rules| {
        rules.into_iter().any(|rule| {
            let is_off = entry(rule, "status").and_then(Value::as_str) == Some("Disabled")
                || entry(rule, "enabled").and_then(Value::as_bool) == Some(false);
            let is_dynamic =
                entry(rule, "dynamic").is_some_and(|dynamic| dynamic.get(wanted).is_some());
            !is_off && (is_dynamic || entry(rule, wanted).is_some())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(arguments: &str) -> String {
        format!(
            r#"{{"resource": {{
            "aws_s3_bucket": {{"b": {{}}}},
            "aws_s3_bucket_lifecycle_configuration": {{"b": {{"bucket": "${{aws_s3_bucket.b.id}}", {arguments}}}}}}}}}"#
        )
    }

    const ABORT: &str = r#""abort_incomplete_multipart_upload": [{"days_after_initiation": 7}]"#;

    #[test]
    fn a_rule_has_to_abort_them_and_to_be_on() {
        fires(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {}}}}"#,
            "bucket `aws_s3_bucket.b` keeps the parts",
        );
        fires(
            &RULE,
            &stack(r#""rule": [{"id": "a", "status": "Enabled", "expiration": [{"days": 1}]}]"#),
            "keeps the parts",
        );
        fires(
            &RULE,
            &stack(&format!(
                r#""rule": [{{"id": "a", "status": "Disabled", {ABORT}}}]"#
            )),
            "keeps the parts",
        );
        passes(
            &RULE,
            &stack(&format!(
                r#""rule": [{{"id": "a", "status": "Enabled", {ABORT}}}]"#
            )),
        );
        passes(
            &RULE,
            &stack(r#""dynamic": {"rule": {"for_each": "${var.rules}", "content": {}}}"#),
        );
    }

    #[test]
    fn the_deprecated_argument_counts() {
        passes(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {"lifecycle_rule": [{"enabled": true, "abort_incomplete_multipart_upload_days": 7}]}}}}"#,
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {"lifecycle_rule": [{"enabled": false, "abort_incomplete_multipart_upload_days": 7}]}}}}"#,
            "keeps the parts",
        );
    }
}
