//! S3 tells standard queues and topics only.

use super::notifications::notifications;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "s3_notification_fifo",
    summary: "a bucket notifies standard queues and topics, not FIFO ones",
    explanation: "S3 does not promise the order of its events and gives messages no group, so it refuses FIFO \
        queues and FIFO topics as receivers. EventBridge can send the bucket's events to a FIFO queue.",
    severity: Severity::Reject,
    source: "Amazon S3 User Guide, \"Event notification types and destinations\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for notification in notifications(graph) {
        let Some(receiver) = notification
            .receiver()
            .filter(|receiver| is_fifo(*receiver))
        else {
            continue;
        };
        let bucket = notification
            .bucket()
            .map_or_else(|| "a bucket".to_owned(), Resource::describe);
        findings
            .at(
                notification.resource,
                notification.origin,
                format!("{bucket} notifies FIFO {}", receiver.describe()),
            )
            .because("S3 refuses FIFO queues and topics as receivers")
            .related(
                format!("`fifo` of {}", receiver.describe()),
                receiver.origin_of(attribute(receiver)),
            )
            .help("notify a standard one, or write `eventbridge` in `#[s3(…)]` and send the events on by a rule of EventBridge (Terraform: `eventbridge = true`)");
    }
}

/// Whether a queue or topic is known to be FIFO.
pub(super) fn is_fifo(receiver: Resource<'_>) -> bool {
    receiver.flag(attribute(receiver)) == Some(true)
}

/// The argument that makes a queue or topic FIFO.
pub(super) fn attribute(receiver: Resource<'_>) -> &'static str {
    match receiver.type_name() {
        "aws_sns_topic" => "fifo_topic",
        _ => "fifo_queue",
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(fifo: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_s3_bucket": {{"b": {{}}}}, "aws_sqs_queue": {{"q": {{"fifo_queue": {fifo}}}}},
            "aws_s3_bucket_notification": {{"n": {{"bucket": "${{aws_s3_bucket.b.id}}",
                "queue": {{"queue_arn": "${{aws_sqs_queue.q.arn}}", "events": ["s3:ObjectCreated:*"]}}}}}}}}}}"#
        )
    }

    #[test]
    fn fifo_queues_are_refused() {
        fires(
            &RULE,
            &stack("true"),
            "bucket `aws_s3_bucket.b` notifies FIFO queue `aws_sqs_queue.q`",
        );
        passes(&RULE, &stack("false"));
        passes(&RULE, &stack(r#""${var.fifo}""#));
    }
}
