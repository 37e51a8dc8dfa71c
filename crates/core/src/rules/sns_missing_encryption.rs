//! A topic encrypts what it holds.

use super::lookup::is_set;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "sns_missing_encryption",
    summary: "a topic is encrypted with a KMS key",
    explanation: "SNS stores each message until it is delivered to every subscriber, unencrypted unless the topic \
        has a key; unlike SQS it does not encrypt by itself. Alarms and events in it often quote what they are \
        about.",
    severity: Severity::Deny,
    source: "Amazon SNS Developer Guide, \"Securing Amazon SNS data with server-side encryption\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for topic in graph.resources("aws_sns_topic") {
        if !is_set(topic, "kms_master_key_id") {
            findings
                .at(
                    topic,
                    topic.origin_of("kms_master_key_id"),
                    format!("{} is not encrypted", topic.describe()),
                )
                .because("SNS stores its messages unencrypted until they are delivered")
                .help("write `encrypted` in `#[sns(…)]` (Terraform: `kms_master_key_id`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(topic: &str) -> String {
        format!(r#"{{"resource": {{"aws_sns_topic": {{"t": {{{topic}}}}}}}}}"#)
    }

    #[test]
    fn a_topic_needs_a_key() {
        fires(
            &RULE,
            &stack(""),
            "topic `aws_sns_topic.t` is not encrypted",
        );
        fires(
            &RULE,
            &stack(r#""kms_master_key_id": """#),
            "is not encrypted",
        );
        passes(&RULE, &stack(r#""kms_master_key_id": "alias/aws/sns""#));
        passes(
            &RULE,
            &stack(r#""kms_master_key_id": "${aws_kms_key.k.arn}""#),
        );
    }
}
