//! Alarms can write to the topics that they name.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "sns_alarm_key_unusable",
    summary: "a topic that alarms write to has a key that CloudWatch may use",
    explanation: "To publish to an encrypted topic CloudWatch has to use its key. The policy of the AWS managed \
        key `alias/aws/sns` does not allow that and cannot be changed. The alarm changes its state, the \
        notification is lost, and only the alarm's history says so. A key of your own can let \
        `cloudwatch.amazonaws.com` use `kms:Decrypt` and `kms:GenerateDataKey*`.",
    severity: Severity::Deny,
    source: "Amazon SNS Developer Guide, \"Amazon SNS key management\"; AWS re:Post, \"Why didn't I receive an SNS notification for my CloudWatch alarm trigger?\"",
};

/// The key whose policy is AWS's.
const MANAGED: &str = "alias/aws/sns";

const ACTIONS: [&str; 3] = ["alarm_actions", "ok_actions", "insufficient_data_actions"];
const ALARMS: [&str; 2] = [
    "aws_cloudwatch_metric_alarm",
    "aws_cloudwatch_composite_alarm",
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let path = "kms_master_key_id";
    for topic in graph.resources("aws_sns_topic") {
        if !has_managed_key(topic) {
            continue;
        }
        let alarm = ALARMS
            .into_iter()
            .flat_map(|type_name| ACTIONS.map(|action| (type_name, action)))
            .find_map(|(type_name, action)| {
                Some((topic.referrers(type_name, action).next()?, action))
            });
        if let Some((alarm, action)) = alarm {
            findings
                .at(
                    topic,
                    topic.origin_of(path),
                    format!(
                        "{} is encrypted with `{MANAGED}`, which CloudWatch cannot use, but {} writes to it",
                        topic.describe(),
                        alarm.describe(),
                    ),
                )
                .because("CloudWatch fails to publish, and the notification is lost without a word")
                .related(format!("`{action}` of {}", alarm.describe()), alarm.origin_of(action))
                .help("write `encrypted` in `#[sns(…)]` (Terraform: `kms_master_key_id` of an `aws_kms_key` whose policy lets `cloudwatch.amazonaws.com` use `kms:Decrypt` and `kms:GenerateDataKey*`)");
        }
    }
}

/// Whether the topic's key is the AWS managed one, by its name or through `aws_kms_alias`.
fn has_managed_key(topic: Resource<'_>) -> bool {
    topic
        .text("kms_master_key_id")
        .is_some_and(|key| key.ends_with(MANAGED))
        || topic.referred("kms_master_key_id").is_some_and(|alias| {
            alias.type_name() == "aws_kms_alias" && alias.text("name") == Some(MANAGED)
        })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(key: &str, alarm: &str) -> String {
        format!(
            r#"{{
            "data": {{"aws_kms_alias": {{"sns": {{"name": "alias/aws/sns"}}}}}},
            "resource": {{
                "aws_kms_key": {{"k": {{}}}},
                "aws_sns_topic": {{"t": {{"kms_master_key_id": "{key}"}}}},
                "aws_cloudwatch_metric_alarm": {{"a": {{{alarm}}}}}}}}}"#
        )
    }

    const NOTIFIES: &str = r#""alarm_actions": ["${aws_sns_topic.t.arn}"]"#;

    #[test]
    fn the_managed_key_is_found_in_every_form() {
        fires(
            &RULE,
            &stack("alias/aws/sns", NOTIFIES),
            "topic `aws_sns_topic.t` is encrypted with `alias/aws/sns`",
        );
        fires(
            &RULE,
            &stack("arn:aws:kms:eu-west-1:1:alias/aws/sns", NOTIFIES),
            "CloudWatch cannot use",
        );
        fires(
            &RULE,
            &stack("${data.aws_kms_alias.sns.target_key_arn}", NOTIFIES),
            "CloudWatch cannot use",
        );
        passes(&RULE, &stack("alias/mine", NOTIFIES));
        passes(&RULE, &stack("${aws_kms_key.k.arn}", NOTIFIES));
        passes(&RULE, &stack("${var.key}", NOTIFIES));
    }

    #[test]
    fn only_topics_of_alarms_are_meant_and_several_actions_are_one_mistake() {
        passes(&RULE, &stack("alias/aws/sns", ""));
        fires(
            &RULE,
            &stack(
                "alias/aws/sns",
                r#""ok_actions": ["${aws_sns_topic.t.arn}"]"#,
            ),
            "`aws_cloudwatch_metric_alarm.a` writes to it",
        );
        fires(
            &RULE,
            &stack(
                "alias/aws/sns",
                &format!(r#"{NOTIFIES}, "ok_actions": ["${{aws_sns_topic.t.arn}}"]"#),
            ),
            "writes to it",
        );
    }
}
