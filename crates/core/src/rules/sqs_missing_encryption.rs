//! A queue says how its messages are encrypted.

use super::lookup::{is_set, may_be_on};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "sqs_missing_encryption",
    summary: "a queue states its encryption at rest",
    explanation: "Where nothing is said, Terraform leaves encryption to AWS, which has turned SSE-SQS on for new \
        queues since 2022 but not for older ones. A queue that is imported or recreated elsewhere may then hold \
        messages in the clear, and no plan shows it. Stated, it is checked and repaired by every `apply`.",
    severity: Severity::Deny,
    source: "Amazon SQS Developer Guide, \"Encryption at rest in Amazon SQS\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for queue in graph.resources("aws_sqs_queue") {
        if is_set(queue, "kms_master_key_id") || may_be_on(queue, "sqs_managed_sse_enabled") {
            continue;
        }
        let message = if queue.get("sqs_managed_sse_enabled").is_some() {
            format!("{} stores its messages unencrypted", queue.describe())
        } else {
            format!(
                "{} does not say how its messages are encrypted",
                queue.describe()
            )
        };
        findings
            .at(queue, queue.origin_of("sqs_managed_sse_enabled"), message)
            .because("whoever reads the storage reads the messages; what AWS does by default has changed before")
            .help("write `encrypted` or `kms_master_key_id = Key.arn` in `#[sqs(…)]` (Terraform: `sqs_managed_sse_enabled = true` or `kms_master_key_id`)");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(queue: &str) -> String {
        format!(r#"{{"resource": {{"aws_sqs_queue": {{"q": {{{queue}}}}}}}}}"#)
    }

    #[test]
    fn silence_and_no_are_found() {
        fires(
            &RULE,
            &stack(""),
            "queue `aws_sqs_queue.q` does not say how",
        );
        fires(
            &RULE,
            &stack(r#""kms_master_key_id": """#),
            "does not say how",
        );
        fires(
            &RULE,
            &stack(r#""sqs_managed_sse_enabled": false"#),
            "unencrypted",
        );
    }

    #[test]
    fn either_form_passes_and_so_does_what_is_not_known_yet() {
        passes(&RULE, &stack(r#""sqs_managed_sse_enabled": true"#));
        passes(&RULE, &stack(r#""kms_master_key_id": "alias/aws/sqs""#));
        passes(
            &RULE,
            &stack(r#""kms_master_key_id": "${aws_kms_key.k.arn}""#),
        );
        passes(
            &RULE,
            &stack(r#""sqs_managed_sse_enabled": "${var.encrypted}""#),
        );
    }
}
