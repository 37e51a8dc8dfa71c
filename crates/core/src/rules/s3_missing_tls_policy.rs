//! A bucket refuses requests that are not encrypted on the way.

use super::bucket_parts::Parts;
use super::policy::Statement;
use super::transport_policy::tls_statements;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::{Part, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "s3_missing_tls_policy",
    summary: "a bucket's policy refuses requests without TLS, for the bucket and for its objects",
    explanation: "S3 answers plain HTTP as well, so a client with an `http://` endpoint sends payloads in the \
        clear and nobody notices. The statement that denies it has to name the bucket, for listing, and \
        everything in it (`/*`), for reading and writing. With only one of them the other stays open.",
    severity: Severity::Deny,
    source: "Amazon S3 User Guide, \"Security best practices for Amazon S3\" (Enforce encryption of data in transit)",
};

const HELP: &str = "leave `tls_only` on in `#[s3(…)]` (Terraform: `aws_s3_bucket_policy` that denies `s3:*` on the ARN of the bucket and on the ARN with `/*`, under `Bool: {\"aws:SecureTransport\": \"false\"}`)";

/// What statements are about.
#[derive(Clone, Copy, Default)]
struct Covered {
    bucket: bool,
    objects: bool,
}

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let policies = Parts::new(graph, "aws_s3_bucket_policy");
    for bucket in graph.resources("aws_s3_bucket") {
        let Some(mut found) = policies.of(bucket) else {
            continue;
        };
        // The argument of the bucket is deprecated, but still there.
        found.extend(bucket.get("policy").map(|_| bucket));
        let statements: Option<Vec<_>> = found
            .iter()
            .map(|policy| tls_statements(*policy, "policy"))
            .collect();
        let Some(statements) = statements else {
            continue;
        };
        let covered = statements
            .iter()
            .flatten()
            .fold(Covered::default(), Covered::and);
        let described = bucket.describe();
        let message = match (found.is_empty(), covered.bucket, covered.objects) {
            (_, true, true) => continue,
            (true, ..) => format!("{described} has no policy that refuses requests without TLS"),
            (_, false, false) => {
                format!("the policy of {described} lets requests without TLS through")
            }
            (_, true, false) => format!(
                "the policy of {described} refuses requests without TLS on the bucket, but not on its objects"
            ),
            (_, false, true) => format!(
                "the policy of {described} refuses requests without TLS on the objects, but not on the bucket"
            ),
        };
        let origin = found
            .first()
            .map_or(bucket.origin(), |policy| policy.origin_of("policy"));
        findings
            .at(bucket, origin, message)
            .because("S3 answers plain HTTP, so payloads may cross the network unencrypted")
            .help(HELP);
    }
}

impl Covered {
    fn and(self, statement: &Statement) -> Self {
        statement
            .resources
            .iter()
            .fold(self, |covered, (resource, _)| {
                let one = Self::by(resource);
                Self {
                    bucket: covered.bucket || one.bucket,
                    objects: covered.objects || one.objects,
                }
            })
    }

    /// What one resource of a statement is about. What is not known yet may be about everything.
    fn by(resource: &Value) -> Self {
        let text = match &resource.kind {
            ValueKind::String(text) => text.clone(),
            ValueKind::Reference(reference) if reference.attribute() == Some("arn") => {
                String::new()
            }
            ValueKind::Template(parts) => parts
                .iter()
                .map(|part| match part {
                    Part::Text(text) => text.as_str(),
                    Part::Interpolation(_) => "",
                })
                .collect(),
            _ => "*".to_owned(),
        };
        match text.split_once('/') {
            Some((_, key)) => Self {
                bucket: false,
                objects: key == "*",
            },
            None => Self {
                bucket: true,
                objects: text.ends_with('*'),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(policy: &str) -> String {
        format!(
            r#"{{"resource": {{
            "aws_s3_bucket": {{"b": {{}}}},
            "aws_s3_bucket_policy": {{"b": {{"bucket": "${{aws_s3_bucket.b.id}}", "policy": "{policy}"}}}}}}}}"#
        )
    }

    fn denying(resources: &str) -> String {
        stack(&format!(
            r#"${{jsonencode({{Statement = [{{Effect = \"Deny\", Principal = \"*\", Action = \"s3:*\", Resource = {resources}, Condition = {{Bool = {{\"aws:SecureTransport\" = \"false\"}}}}}}]}})}}"#
        ))
    }

    #[test]
    fn a_policy_has_to_be_there_and_to_refuse() {
        fires(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {}}}}"#,
            "bucket `aws_s3_bucket.b` has no policy that refuses",
        );
        fires(
            &RULE,
            &stack(
                r#"${jsonencode({Statement = [{Effect = \"Allow\", Action = \"s3:GetObject\", Resource = aws_s3_bucket.b.arn}]})}"#,
            ),
            "lets requests without TLS through",
        );
        passes(&RULE, &stack("${var.policy}"));
        fires(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {"policy": "{\"Statement\": []}"}}}}"#,
            "lets requests without TLS through",
        );
    }

    #[test]
    fn the_bucket_and_its_objects_have_to_be_covered() {
        fires(
            &RULE,
            &denying("aws_s3_bucket.b.arn"),
            "on the bucket, but not on its objects",
        );
        fires(
            &RULE,
            &denying(r#"\"${aws_s3_bucket.b.arn}/*\""#),
            "on the objects, but not on the bucket",
        );
        fires(
            &RULE,
            &denying(r#"[aws_s3_bucket.b.arn, \"${aws_s3_bucket.b.arn}/logs/*\"]"#),
            "but not on its objects",
        );
        passes(
            &RULE,
            &denying(r#"[aws_s3_bucket.b.arn, \"${aws_s3_bucket.b.arn}/*\"]"#),
        );
        passes(
            &RULE,
            &denying(r#"[\"arn:aws:s3:::payloads\", \"arn:aws:s3:::payloads/*\"]"#),
        );
        passes(&RULE, &denying(r#"\"arn:aws:s3:::payloads*\""#));
        passes(&RULE, &denying(r#"\"*\""#));
        passes(&RULE, &denying("var.resources"));
    }

    #[test]
    fn a_policy_document_is_read() {
        let document = |resources: &str| {
            format!(
                r#"{{"data": {{"aws_iam_policy_document": {{"p": {{"statement": [{{"effect": "Deny", "resources": {resources},
                    "condition": [{{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}}]}}]}}}}}},
                "resource": {{"aws_s3_bucket": {{"b": {{}}}}, "aws_s3_bucket_policy": {{"b": {{
                    "bucket": "${{aws_s3_bucket.b.id}}", "policy": "${{data.aws_iam_policy_document.p.json}}"}}}}}}}}"#
            )
        };
        passes(
            &RULE,
            &document(r#"["${aws_s3_bucket.b.arn}", "${aws_s3_bucket.b.arn}/*"]"#),
        );
        fires(
            &RULE,
            &document(r#"["${aws_s3_bucket.b.arn}"]"#),
            "but not on its objects",
        );
    }
}
