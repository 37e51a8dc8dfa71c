//! Lambda writes failures to standard queues and topics only.

use super::s3_notification_fifo::{attribute, is_fifo};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "lambda_destination_fifo",
    summary: "a function's failures go to standard queues and topics, not to FIFO ones",
    explanation: "The messages that Lambda sends to a destination or a dead-letter queue have no group, so it \
        refuses FIFO queues and FIFO topics there, for asynchronous calls and for event source mappings.",
    severity: Severity::Reject,
    source: "AWS Lambda Developer Guide, \"Capturing records of Lambda asynchronous invocations\"; AWS CloudFormation, `AWS::Lambda::EventInvokeConfig DestinationConfig`",
};

/// Where Terraform keeps destinations.
const PLACES: [(&str, &str); 4] = [
    (
        "aws_lambda_function_event_invoke_config",
        "destination_config.on_failure.destination",
    ),
    (
        "aws_lambda_function_event_invoke_config",
        "destination_config.on_success.destination",
    ),
    (
        "aws_lambda_event_source_mapping",
        "destination_config.on_failure.destination_arn",
    ),
    ("aws_lambda_function", "dead_letter_config.target_arn"),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, path) in PLACES {
        for resource in graph.resources(type_name) {
            let Some(receiver) = resource.referred(path).filter(|found| may_be(*found)) else {
                continue;
            };
            findings
                .at(
                    resource,
                    resource.origin_of(path),
                    format!("{} sends to FIFO {}", resource.describe(), receiver.describe()),
                )
                .because("Lambda refuses FIFO queues and topics as destinations")
                .related(
                    format!("`fifo` of {}", receiver.describe()),
                    receiver.origin_of(attribute(receiver)),
                )
                .help("name a standard queue or topic (Terraform: one without `fifo_queue` or `fifo_topic`)");
        }
    }
}

fn may_be(receiver: Resource<'_>) -> bool {
    matches!(receiver.type_name(), "aws_sqs_queue" | "aws_sns_topic") && is_fifo(receiver)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(fifo: &str, mapping: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sqs_queue": {{"q": {{"fifo_queue": {fifo}}}}},
            "aws_lambda_event_source_mapping": {{"m": {{{mapping}}}}}}}}}"#
        )
    }

    #[test]
    fn fifo_queues_are_refused() {
        let to = r#""destination_config": {"on_failure": {"destination_arn": "${aws_sqs_queue.q.arn}"}}"#;
        fires(
            &RULE,
            &stack("true", to),
            "sends to FIFO queue `aws_sqs_queue.q`",
        );
        passes(&RULE, &stack("false", to));
        passes(&RULE, &stack(r#""${var.fifo}""#, to));
        // As a source it is welcome.
        passes(
            &RULE,
            &stack("true", r#""event_source_arn": "${aws_sqs_queue.q.arn}""#),
        );
    }
}
