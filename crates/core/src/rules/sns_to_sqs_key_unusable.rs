//! A topic can write to the encrypted queues that subscribe to it.

use super::key_policies::obstacle;
use super::lookup::{is_resource, referred};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "sns_to_sqs_key_unusable",
    summary: "a queue that a topic writes to has a key that SNS may use",
    explanation: "To send to a queue that is encrypted with KMS, SNS has to use its key. The policy of the AWS \
        managed key `alias/aws/sqs` does not allow that and cannot be changed, and the default policy of a key of \
        your own does not either. The subscription is made without complaint, and no message ever arrives. Keys \
        that SQS manages (SSE-SQS) work.",
    severity: Severity::Deny,
    source: "Amazon SNS Developer Guide, \"Fanout Amazon SNS notifications to Amazon SQS queues\" and \"Amazon SNS dead-letter queues\"",
};

const SERVICE: &str = "sns.amazonaws.com";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for subscription in graph.resources("aws_sns_topic_subscription") {
        let subscriber = subscription
            .referred("endpoint")
            .filter(|queue| is_resource(*queue, "aws_sqs_queue"));
        let dead_letters = subscription
            .get("redrive_policy")
            .and_then(|policy| referred(graph, policy, "aws_sqs_queue"));
        for queue in subscriber.into_iter().chain(dead_letters) {
            report(subscription, queue, findings);
        }
    }
}

fn report(subscription: Resource<'_>, queue: Resource<'_>, findings: &mut Findings) {
    let Some(key) = obstacle(queue, SERVICE) else {
        return;
    };
    let topic = subscription
        .referred("topic_arn")
        .map_or_else(|| "a topic".to_owned(), Resource::describe);
    findings
        .at(
            queue,
            queue.origin_of("kms_master_key_id"),
            format!(
                "{} is encrypted with {key}, which SNS cannot use, but {topic} writes to it",
                queue.describe()
            ),
        )
        .because("SNS fails to send, and the messages are lost without a word")
        .related("the subscription", subscription.origin())
        .help("leave the key out, and SQS encrypts with its own (SSE-SQS), or let `sns.amazonaws.com` use `kms:Decrypt` and `kms:GenerateDataKey` in the key's policy (Terraform: `policy` of the `aws_kms_key`)");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(key: &str, statement: &str) -> String {
        format!(
            r#"{{
            "data": {{"aws_iam_policy_document": {{"d": {{"statement": [{statement}]}}}}}},
            "resource": {{
                "aws_kms_key": {{"plain": {{}}, "k": {{"policy": "${{data.aws_iam_policy_document.d.json}}"}}}},
                "aws_kms_alias": {{"a": {{"name": "alias/mine", "target_key_id": "${{aws_kms_key.k.key_id}}"}}}},
                "aws_sns_topic": {{"t": {{}}}},
                "aws_sqs_queue": {{"q": {{"kms_master_key_id": "{key}"}}}},
                "aws_sns_topic_subscription": {{"s": {{"protocol": "sqs",
                    "topic_arn": "${{aws_sns_topic.t.arn}}", "endpoint": "${{aws_sqs_queue.q.arn}}"}}}}}}}}"#
        )
    }

    const SNS: &str = r#"{"actions": ["kms:Decrypt", "kms:GenerateDataKey*"],
        "principals": {"type": "Service", "identifiers": ["sns.amazonaws.com"]}}"#;

    #[test]
    fn the_managed_key_and_a_default_policy_are_found() {
        fires(
            &RULE,
            &stack("alias/aws/sqs", ""),
            "is encrypted with `alias/aws/sqs`, which SNS cannot use",
        );
        fires(
            &RULE,
            &stack("${aws_kms_key.plain.arn}", ""),
            "key `aws_kms_key.plain`, which SNS cannot use",
        );
        passes(&RULE, &stack("alias/mine", ""));
        passes(&RULE, &stack("${var.key}", ""));
    }

    #[test]
    fn the_policy_has_to_let_sns_in() {
        passes(&RULE, &stack("${aws_kms_key.k.arn}", SNS));
        passes(&RULE, &stack("${aws_kms_alias.a.name}", SNS));
        let other = SNS.replace("sns.", "events.");
        fires(
            &RULE,
            &stack("${aws_kms_key.k.arn}", &other),
            "SNS cannot use",
        );
        let half = SNS.replace(r#", "kms:GenerateDataKey*""#, "");
        fires(
            &RULE,
            &stack("${aws_kms_alias.a.name}", &half),
            "SNS cannot use",
        );
    }

    #[test]
    fn dead_letter_queues_are_meant_too() {
        fires(
            &RULE,
            r#"{"resource": {"aws_sqs_queue": {"q": {"kms_master_key_id": "alias/aws/sqs"}},
                "aws_sns_topic_subscription": {"s": {"protocol": "https", "endpoint": "https://example.com",
                    "topic_arn": "arn:t", "redrive_policy": "${jsonencode({deadLetterTargetArn = aws_sqs_queue.q.arn})}"}}}}"#,
            "but a topic writes to it",
        );
    }
}
