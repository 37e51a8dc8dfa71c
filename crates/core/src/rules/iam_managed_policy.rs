//! A role has its own permissions, not AWS's idea of them.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::{Part, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "iam_managed_policy",
    summary: "permissions are granted by the stack's own policies, not by AWS managed ones",
    explanation: "AWS managed policies are written for everybody: most allow their actions on all resources of the \
        account, and AWS widens them without asking. A policy of the stack's own says what is used and nothing \
        else. `AmazonAPIGatewayPushToCloudWatchLogs` is let through, since API Gateway's account role calls \
        for it.",
    severity: Severity::Warn,
    source: "AWS Identity and Access Management User Guide, \"AWS managed policies\"",
};

const ATTACHMENTS: [&str; 3] = [
    "aws_iam_role_policy_attachment",
    "aws_iam_user_policy_attachment",
    "aws_iam_group_policy_attachment",
];

/// What AWS's own documents say to attach, in so many words.
const DEMANDED: &str = "AmazonAPIGatewayPushToCloudWatchLogs";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for attachment in ATTACHMENTS
        .iter()
        .flat_map(|type_name| graph.resources(type_name))
    {
        let Some(name) = attachment.get("policy_arn").and_then(managed) else {
            continue;
        };
        if name.ends_with(DEMANDED) {
            continue;
        }
        findings
            .at(
                attachment,
                attachment.origin_of("policy_arn"),
                format!(
                    "{} attaches the AWS managed policy `{name}`",
                    attachment.describe()
                ),
            )
            .because("it allows more than this stack needs, on resources that are not this stack's")
            .help(
                "grant what is used with fields such as `events: SendMessage<Events>` (Terraform: \
                 `aws_iam_role_policy` with the actions and resources by name)",
            );
    }
}

/// The name of the AWS managed policy that an ARN stands for, in any partition.
fn managed(arn: &Value) -> Option<&str> {
    match &arn.kind {
        ValueKind::String(text) => name(text),
        ValueKind::Template(parts) => parts.iter().find_map(|part| match part {
            Part::Text(text) => name(text),
            Part::Interpolation(_) => None,
        }),
        _ => None,
    }
}

fn name(arn: &str) -> Option<&str> {
    Some(arn.split_once(":iam::aws:policy/")?.1)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(arn: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_iam_role_policy_attachment": {{"a": {{"policy_arn": "{arn}"}}}}}}}}"#
        )
    }

    #[test]
    fn managed_policies_are_found_in_every_partition() {
        fires(
            &RULE,
            &stack("arn:aws:iam::aws:policy/AmazonSQSFullAccess"),
            "attaches the AWS managed policy `AmazonSQSFullAccess`",
        );
        fires(
            &RULE,
            &stack(
                "arn:${data.aws_partition.p.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            ),
            "`service-role/AWSLambdaBasicExecutionRole`",
        );
        passes(&RULE, &stack("arn:aws:iam::123456789012:policy/own"));
        passes(&RULE, &stack("${aws_iam_policy.own.arn}"));
    }

    #[test]
    fn the_one_that_api_gateway_calls_for_passes() {
        passes(
            &RULE,
            &stack("arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"),
        );
    }
}
