//! A stream is encrypted at rest.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "kinesis_missing_encryption",
    summary: "a stream is encrypted with a KMS key",
    explanation: "Unlike most services, Kinesis does not encrypt records at rest by itself: a stream without \
        `encryption_type = \"KMS\"` keeps them in clear for a day or longer. The AWS managed key \
        `alias/aws/kinesis` costs nothing but its requests.",
    severity: Severity::Deny,
    source: "Amazon Kinesis Data Streams Developer Guide, \"Data protection in Amazon Kinesis Data Streams\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for stream in graph.resources("aws_kinesis_stream") {
        let kind = stream.get("encryption_type");
        if kind.is_none_or(|kind| kind.as_str() == Some("NONE")) {
            findings
                .at(
                    stream,
                    stream.origin_of("encryption_type"),
                    format!("{} is not encrypted", stream.describe()),
                )
                .because("Kinesis keeps the records in clear")
                .help("leave `encrypted = false` out of `#[kinesis(…)]` (Terraform: `encryption_type = \"KMS\"` and `kms_key_id = \"alias/aws/kinesis\"`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_stream_is_encrypted() {
        let stack = |body: &str| {
            format!(r#"{{"resource": {{"aws_kinesis_stream": {{"s": {{{body}}}}}}}}}"#)
        };
        fires(
            &RULE,
            &stack(""),
            "stream `aws_kinesis_stream.s` is not encrypted",
        );
        fires(
            &RULE,
            &stack(r#""encryption_type": "NONE""#),
            "is not encrypted",
        );
        passes(&RULE, &stack(r#""encryption_type": "KMS""#));
        passes(&RULE, &stack(r#""encryption_type": "${var.encryption}""#));
    }
}
