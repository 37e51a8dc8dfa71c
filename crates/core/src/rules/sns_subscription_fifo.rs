//! What may subscribe to what, FIFO and standard.

use super::lookup::{flag_or_off, is_resource, referred};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "sns_subscription_fifo",
    summary: "a FIFO topic has queues as subscribers, and a standard topic has no FIFO queue",
    explanation: "A FIFO topic delivers to SQS queues only, FIFO or standard: a function reads such a queue by a \
        trigger of its own. A standard topic gives its messages no group and no order, so a FIFO queue cannot \
        subscribe to it. The dead-letter queue of a subscription is of the topic's type.",
    severity: Severity::Reject,
    source: "Amazon SNS Developer Guide, \"Amazon SNS message delivery for FIFO topics\" and \"Amazon SNS dead-letter queues\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for subscription in graph.resources("aws_sns_topic_subscription") {
        let topic = subscription
            .referred("topic_arn")
            .filter(|topic| is_resource(*topic, "aws_sns_topic"));
        let Some((topic, is_fifo)) =
            topic.and_then(|topic| Some((topic, flag_or_off(topic, "fifo_topic")?)))
        else {
            continue;
        };
        let described = topic.describe();
        let place = topic.origin_of("fifo_topic");
        let endpoint = subscription.referred("endpoint");
        match subscription.text("protocol") {
            Some(protocol) if is_fifo && protocol != "sqs" => {
                let endpoint = endpoint.map_or_else(
                    || format!("an endpoint of `{protocol}`"),
                    Resource::describe,
                );
                findings
                    .at(
                        subscription,
                        subscription.origin(),
                        format!("FIFO {described} cannot deliver to {endpoint}"),
                    )
                    .because("SNS refuses every subscription to a FIFO topic but those of queues")
                    .related(format!("`fifo` of {described}"), place)
                    .help("put a queue between them: `#[sqs(fifo, subscribe(Topic, dlq = Failed))]` and `trigger(Queue)` on the function (Terraform: `protocol = \"sqs\"`)");
            }
            Some("sqs") if !is_fifo => {
                let queue = endpoint.filter(|queue| queue.flag("fifo_queue") == Some(true));
                let Some(queue) = queue else {
                    // Its dead-letter queue may still be wrong.
                    dead_letters(subscription, topic, is_fifo, findings);
                    continue;
                };
                findings
                    .at(
                        subscription,
                        subscription.origin(),
                        format!("FIFO {} cannot subscribe to standard {described}", queue.describe()),
                    )
                    .because("SNS refuses FIFO queues as subscribers of standard topics")
                    .related(format!("`fifo` of {}", queue.describe()), queue.origin_of("fifo_queue"))
                    .help("write `fifo` in `#[sns(…)]` of the topic too, or subscribe a standard queue (Terraform: `fifo_topic = true`)");
            }
            _ => dead_letters(subscription, topic, is_fifo, findings),
        }
    }
}

fn dead_letters(
    subscription: Resource<'_>,
    topic: Resource<'_>,
    is_fifo: bool,
    findings: &mut Findings,
) {
    let queue = subscription
        .get("redrive_policy")
        .and_then(|policy| referred(subscription.graph, policy, "aws_sqs_queue"));
    let Some(queue) = queue else {
        return;
    };
    if flag_or_off(queue, "fifo_queue").is_none_or(|queue| queue == is_fifo) {
        return;
    }
    let kind = |is_fifo| if is_fifo { "FIFO" } else { "standard" };
    findings
        .at(
            subscription,
            subscription.origin_of("redrive_policy"),
            format!(
                "{} {} has {} {} as the dead-letter queue of a subscription",
                kind(is_fifo),
                topic.describe(),
                kind(!is_fifo),
                queue.describe(),
            ),
        )
        .because("SNS takes a dead-letter queue of the topic's own type only")
        .related(format!("`fifo` of {}", queue.describe()), queue.origin_of("fifo_queue"))
        .help(format!(
            "name a {} queue in `dlq` (Terraform: `fifo_queue = {is_fifo}` on the dead-letter queue)",
            kind(is_fifo)
        ));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(topic: &str, queue: &str, dlq: &str, protocol: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sns_topic": {{"t": {{{topic}}}}}, "aws_sqs_queue": {{"q": {{{queue}}}, "d": {{{dlq}}}}},
            "aws_sns_topic_subscription": {{"s": {{"protocol": "{protocol}", "topic_arn": "${{aws_sns_topic.t.arn}}",
                "endpoint": "${{aws_sqs_queue.q.arn}}",
                "redrive_policy": "${{jsonencode({{deadLetterTargetArn = aws_sqs_queue.d.arn}})}}"}}}}}}}}"#
        )
    }

    const TOPIC: &str = r#""fifo_topic": true"#;
    const QUEUE: &str = r#""fifo_queue": true"#;

    #[test]
    fn subscribers_fit_the_topic() {
        passes(&RULE, &stack("", "", "", "sqs"));
        passes(&RULE, &stack(TOPIC, QUEUE, QUEUE, "sqs"));
        passes(&RULE, &stack(TOPIC, "", QUEUE, "sqs"));
        fires(
            &RULE,
            &stack("", QUEUE, "", "sqs"),
            "cannot subscribe to standard topic",
        );
        fires(
            &RULE,
            &stack(TOPIC, QUEUE, QUEUE, "lambda"),
            "FIFO topic `aws_sns_topic.t` cannot deliver",
        );
        passes(
            &RULE,
            &stack(r#""fifo_topic": "${var.fifo}""#, QUEUE, "", "sqs"),
        );
    }

    #[test]
    fn dead_letter_queues_fit_the_topic() {
        fires(
            &RULE,
            &stack(TOPIC, QUEUE, "", "sqs"),
            "FIFO topic `aws_sns_topic.t` has standard queue `aws_sqs_queue.d`",
        );
        fires(
            &RULE,
            &stack("", "", QUEUE, "sqs"),
            "has FIFO queue `aws_sqs_queue.d`",
        );
        passes(
            &RULE,
            &stack(TOPIC, QUEUE, r#""fifo_queue": "${var.fifo}""#, "sqs"),
        );
    }
}
