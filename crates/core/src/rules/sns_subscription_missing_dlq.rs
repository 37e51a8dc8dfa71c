//! A subscription has somewhere to put what cannot be delivered.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "sns_subscription_missing_dlq",
    summary: "a subscription has a dead-letter queue",
    explanation: "When SNS cannot deliver a message, because a permission is missing, a key cannot be used or the \
        endpoint is down for too long, it gives up and deletes it. Errors that SNS takes for the client's are not \
        even retried. With a dead-letter queue the message is kept, and an alarm can see it. People who are \
        written to by mail or SMS are not meant.",
    severity: Severity::Deny,
    source: "Amazon SNS Developer Guide, \"Amazon SNS dead-letter queues\" and \"Amazon SNS message delivery retries\"",
};

/// The protocols whose endpoints are programs.
const PROTOCOLS: [&str; 5] = ["firehose", "http", "https", "lambda", "sqs"];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for subscription in graph.resources("aws_sns_topic_subscription") {
        let Some(protocol) = subscription
            .text("protocol")
            .filter(|protocol| PROTOCOLS.contains(protocol))
        else {
            continue;
        };
        if subscription.get("redrive_policy").is_some() {
            continue;
        }
        let endpoint = subscription.referred("endpoint").map_or_else(
            || format!("an endpoint of `{protocol}`"),
            Resource::describe,
        );
        let topic = subscription
            .referred("topic_arn")
            .map_or_else(|| "a topic".to_owned(), Resource::describe);
        let key = match protocol {
            "sqs" => "`dlq = Failed` in `subscribe(…)`",
            "lambda" => "`dlq = Failed` in `trigger(…)`",
            _ => "`redrive_policy = jsonencode({ \"deadLetterTargetArn\" = Failed.arn })`",
        };
        findings
            .at(
                subscription,
                subscription.origin(),
                format!("what {topic} cannot deliver to {endpoint} is lost"),
            )
            .because("SNS deletes a message that it cannot deliver, unless the subscription has a dead-letter queue")
            .help(format!("write {key}, with `Failed` a struct with `#[sqs]` (Terraform: `redrive_policy`)"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(subscription: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sns_topic": {{"t": {{}}}}, "aws_sqs_queue": {{"q": {{}}}},
            "aws_sns_topic_subscription": {{"s": {{"topic_arn": "${{aws_sns_topic.t.arn}}", {subscription}}}}}}}}}"#
        )
    }

    #[test]
    fn programs_need_one_and_people_do_not() {
        fires(
            &RULE,
            &stack(r#""protocol": "sqs", "endpoint": "${aws_sqs_queue.q.arn}""#),
            "what topic `aws_sns_topic.t` cannot deliver to queue `aws_sqs_queue.q` is lost",
        );
        fires(
            &RULE,
            &stack(r#""protocol": "https", "endpoint": "https://example.com""#),
            "an endpoint of `https`",
        );
        passes(
            &RULE,
            &stack(r#""protocol": "email", "endpoint": "me@example.com""#),
        );
        passes(
            &RULE,
            &stack(
                r#""protocol": "sqs", "endpoint": "arn:q", "redrive_policy": "{\"deadLetterTargetArn\": \"arn:d\"}""#,
            ),
        );
        passes(
            &RULE,
            &stack(r#""protocol": "${var.protocol}", "endpoint": "x""#),
        );
    }
}
