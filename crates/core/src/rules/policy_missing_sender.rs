//! A service that sends to a queue or topic is let in by its policy.

use super::lookup::{is_resource, referred};
use super::notifications::notifications;
use super::policy::{Statement, policy};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::{BlockKind, Origin};
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "policy_missing_sender",
    summary: "the policy of a queue or topic lets in the services that send to it",
    explanation: "Topics, buckets and rules of EventBridge send to a queue in their service's name, and the queue's \
        policy has to allow that. Without it SNS and EventBridge fail with every message and say so nowhere but in \
        a metric, and S3 refuses the notification. The same holds for the topics that a bucket notifies.",
    severity: Severity::Deny,
    source: "Amazon SNS Developer Guide, \"Fanout Amazon SNS notifications to Amazon SQS queues\"; Amazon S3 User Guide, \"Granting permissions to publish event notification messages to a destination\"",
};

const SNS: &str = "sns.amazonaws.com";
const S3: &str = "s3.amazonaws.com";
const EVENTS: &str = "events.amazonaws.com";

/// What has a policy of its own: its type, the resource that sets the policy, the argument in that which
/// names it, and the action.
const RECEIVERS: [(&str, &str, &str, &str); 2] = [
    (
        "aws_sqs_queue",
        "aws_sqs_queue_policy",
        "queue_url",
        "sqs:SendMessage",
    ),
    (
        "aws_sns_topic",
        "aws_sns_topic_policy",
        "arn",
        "sns:Publish",
    ),
];

/// A service that sends, to what, and where that is said.
type Delivery<'g> = (&'static str, Resource<'g>, Resource<'g>, Origin);

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (service, sender, receiver, place) in deliveries(graph) {
        let type_name = receiver.type_name();
        let known = RECEIVERS.iter().find(|(name, ..)| *name == type_name);
        let Some((_, holder, argument, action)) = known else {
            continue;
        };
        let is_resource = receiver.block.kind == BlockKind::Resource;
        if !is_resource || lets_in(receiver, (holder, argument), action, service) {
            continue;
        }
        findings
            .at(
                sender,
                place,
                format!("the policy of {} does not let `{service}` send to it", receiver.describe()),
            )
            .because("AWS refuses what the service sends, and the events are lost")
            .related(receiver.describe(), receiver.origin())
            .help(format!("write `subscribe(…)` in `#[sqs(…)]`, `notify(…)` in `#[s3(…)]` or `target(…)` in `#[event_rule(…)]`, which put the statement there (Terraform: `{holder}` with `{action}` for the service `{service}` and `aws:SourceArn`)"));
    }
}

/// Everything that a service sends to queues and topics of the stack.
fn deliveries<'g>(graph: &'g Graph<'_>) -> Vec<Delivery<'g>> {
    let mut found = Vec::new();
    for subscription in graph.resources("aws_sns_topic_subscription") {
        let place = subscription.origin();
        let queue = subscription.referred("endpoint");
        let is_sent = subscription.text("protocol") == Some("sqs");
        found.extend(
            queue
                .filter(|_| is_sent)
                .map(|queue| (SNS, subscription, queue, place)),
        );
        let failed = subscription
            .get("redrive_policy")
            .and_then(|policy| referred(graph, policy, "aws_sqs_queue"));
        found.extend(failed.map(|queue| (SNS, subscription, queue, place)));
    }
    for notification in notifications(graph) {
        let receiver = notification.receiver();
        found.extend(
            receiver.map(|receiver| (S3, notification.resource, receiver, notification.origin)),
        );
    }
    for target in graph.resources("aws_cloudwatch_event_target") {
        let place = target.origin();
        // With a role, it is the role that is let in.
        let receiver = target
            .referred("arn")
            .filter(|_| target.get("role_arn").is_none());
        found.extend(receiver.map(|receiver| (EVENTS, target, receiver, place)));
        let failed = target
            .referred("dead_letter_config.arn")
            .filter(|queue| is_resource(*queue, "aws_sqs_queue"));
        found.extend(failed.map(|queue| (EVENTS, target, queue, place)));
    }
    found
}

/// Whether a policy lets the service in, or may turn out to.
fn lets_in(
    receiver: Resource<'_>,
    (holder, argument): (&'static str, &'static str),
    action: &str,
    service: &str,
) -> bool {
    let own = receiver.get("policy").map(|_| receiver);
    let separate = receiver.graph.resources(holder).filter(|policy| {
        policy
            .referred(argument)
            .is_none_or(|named| named.is(receiver))
    });
    own.into_iter().chain(separate).any(|holder| {
        let Some((document, statements)) = policy(holder, "policy") else {
            return true;
        };
        let is_open = document.block.kind == BlockKind::Data
            && [
                "source_policy_documents",
                "override_policy_documents",
                "dynamic",
            ]
            .iter()
            .any(|argument| document.get(argument).is_some());
        is_open
            || statements
                .iter()
                .any(|statement| allows(statement, action, service))
    })
}

fn allows(statement: &Statement, action: &str, service: &str) -> bool {
    let meets = statement.principals.iter().any(|(kind, names)| {
        kind == "*"
            || names.iter().any(|name| match name.as_str() {
                Some("*") => true,
                Some(name) => kind == "Service" && name == service,
                None => kind == "Service",
            })
    });
    let is_allowed = |allowed: &str| {
        allowed.eq_ignore_ascii_case(action)
            || allowed.strip_suffix('*').is_some_and(|start| {
                action
                    .to_ascii_lowercase()
                    .starts_with(&start.to_ascii_lowercase())
            })
    };
    statement.allows
        && meets
        && statement
            .actions
            .iter()
            .any(|(allowed, _)| is_allowed(allowed))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(statement: &str, policy: &str, sender: &str) -> String {
        format!(
            r#"{{
            "data": {{"aws_iam_policy_document": {{"d": {{"statement": [{statement}]}}}}}},
            "resource": {{"aws_sqs_queue": {{"q": {{}}}}, "aws_sns_topic": {{"t": {{}}}}, "aws_s3_bucket": {{"b": {{}}}}
            {policy}, {sender}}}}}"#
        )
    }

    const POLICY: &str = r#", "aws_sqs_queue_policy": {"p": {"queue_url": "${aws_sqs_queue.q.url}",
        "policy": "${data.aws_iam_policy_document.d.json}"}}"#;
    const SNS: &str = r#"{"actions": ["SQS:SendMessage"], "principals": {"type": "Service", "identifiers": ["sns.amazonaws.com"]}}"#;
    const SUBSCRIBES: &str = r#""aws_sns_topic_subscription": {"s": {"protocol": "sqs",
        "topic_arn": "${aws_sns_topic.t.arn}", "endpoint": "${aws_sqs_queue.q.arn}"}}"#;

    #[test]
    fn a_topic_has_to_be_let_in() {
        fires(
            &RULE,
            &stack("", "", SUBSCRIBES),
            "the policy of queue `aws_sqs_queue.q` does not let `sns.amazonaws.com` send to it",
        );
        passes(&RULE, &stack(SNS, POLICY, SUBSCRIBES));
        let other = SNS.replace("sns.", "s3.");
        fires(&RULE, &stack(&other, POLICY, SUBSCRIBES), "does not let");
        let unknown = POLICY.replace("${data.aws_iam_policy_document.d.json}", "${var.policy}");
        passes(&RULE, &stack("", &unknown, SUBSCRIBES));
    }

    #[test]
    fn buckets_and_rules_are_meant_too() {
        fires(
            &RULE,
            &stack(
                SNS,
                POLICY,
                r#""aws_s3_bucket_notification": {"n": {"bucket": "${aws_s3_bucket.b.id}",
                    "queue": [{"queue_arn": "${aws_sqs_queue.q.arn}", "events": ["s3:ObjectCreated:*"]}]}}"#,
            ),
            "does not let `s3.amazonaws.com`",
        );
        let rule = r#""aws_cloudwatch_event_target": {"e": {"rule": "r", "arn": "${aws_sns_topic.t.arn}"}}"#;
        fires(
            &RULE,
            &stack("", "", rule),
            "the policy of topic `aws_sns_topic.t` does not let `events.amazonaws.com`",
        );
        let by_role = rule.replace(r#""rule": "r""#, r#""rule": "r", "role_arn": "arn:r""#);
        passes(&RULE, &stack("", "", &by_role));
    }
}
