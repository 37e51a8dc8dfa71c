//! A bucket can write to the encrypted queues and topics that it notifies.

use super::key_policies::obstacle;
use super::notifications::notifications;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "s3_notification_key_unusable",
    summary: "a queue or topic that a bucket notifies has a key that S3 may use",
    explanation: "To notify a queue or topic that is encrypted with KMS, S3 has to use its key. The policies of the \
        AWS managed keys `alias/aws/sqs` and `alias/aws/sns` do not allow that and cannot be changed, and the \
        default policy of a key of your own does not either: S3 tries to write when the notification is made, and \
        refuses it when that fails. A key that stops to let S3 in later loses events without a word.",
    severity: Severity::Deny,
    source: "Amazon S3 User Guide, \"Granting permissions to publish event notification messages to a destination\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for notification in notifications(graph) {
        let Some(receiver) = notification.receiver() else {
            continue;
        };
        let Some(key) = obstacle(receiver, "s3.amazonaws.com") else {
            continue;
        };
        let bucket = notification
            .bucket()
            .map_or_else(|| "a bucket".to_owned(), Resource::describe);
        let help = if receiver.type_name() == "aws_sns_topic" {
            "write `encrypted` in `#[sns(…)]`, which makes a key for the services that publish"
        } else {
            "leave the key out, and SQS encrypts with its own (SSE-SQS)"
        };
        findings
            .at(
                receiver,
                receiver.origin_of("kms_master_key_id"),
                format!(
                    "{} is encrypted with {key}, which S3 cannot use, but {bucket} notifies it",
                    receiver.describe()
                ),
            )
            .because("S3 cannot write there: it refuses the notification, or loses the events")
            .related("the notification", notification.origin)
            .help(format!("{help}, or let `s3.amazonaws.com` use `kms:Decrypt` and `kms:GenerateDataKey` in the key's policy (Terraform: `policy` of the `aws_kms_key`)"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(key: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_kms_key": {{"k": {{}}}}, "aws_s3_bucket": {{"b": {{}}}},
            "aws_sns_topic": {{"t": {{"kms_master_key_id": "{key}"}}}},
            "aws_s3_bucket_notification": {{"n": {{"bucket": "${{aws_s3_bucket.b.id}}",
                "topic": [{{"topic_arn": "${{aws_sns_topic.t.arn}}", "events": ["s3:ObjectCreated:*"]}}]}}}}}}}}"#
        )
    }

    #[test]
    fn a_key_that_s3_cannot_use_is_found() {
        fires(&RULE, &stack("alias/aws/sns"), "which S3 cannot use");
        fires(&RULE, &stack("${aws_kms_key.k.id}"), "key `aws_kms_key.k`");
        passes(&RULE, &stack("${var.key}"));
        passes(&RULE, &stack("alias/mine"));
    }
}
