//! A policy names the resources it is about.

use super::iam_pass_role::is_pass_role;
use super::identity_policies::{grants, list};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "iam_wildcard_resource",
    summary: "an identity policy names the resources that its actions are allowed on",
    explanation: "On resource `*` an action is allowed on everything of its kind in the account: other teams' \
        queues, tables and keys as well. A statement that names no resources at all, or only those it leaves \
        out, comes to the same. Actions that AWS knows no resources for, such as `xray:PutTraceSegments`, can \
        only be allowed on `*` and are let through; `iam:PassRole` has a rule of its own, `iam_pass_role`.",
    severity: Severity::Deny,
    source: "Service Authorization Reference, \"Actions, resources, and condition keys for AWS services\"",
};

/// Actions that take no resource, or, with network interfaces, are granted so by AWS's own policy for
/// functions in a VPC (`AWSLambdaVPCAccessExecutionRole`). A final `*` stands for any ending.
const WITHOUT_RESOURCE: [&str; 27] = [
    "cloudwatch:PutMetricData",
    "dynamodb:ListTables",
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:Describe*",
    "ec2:UnassignPrivateIpAddresses",
    "ecr:GetAuthorizationToken",
    "kms:GenerateRandom",
    "kms:ListAliases",
    "kms:ListKeys",
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
    "s3:ListAllMyBuckets",
    "secretsmanager:GetRandomPassword",
    "sts:GetCallerIdentity",
    "xray:GetSamplingRules",
    "xray:GetSamplingStatisticSummaries",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for grant in grants(graph) {
        let resources = &grant.statement.resources;
        let star = resources.iter().find(|(resource, _)| is_star(resource));
        let origin = match star {
            Some((_, origin)) => *origin,
            None if resources.is_empty() => grant.statement.origin,
            None => continue,
        };
        let actions = grant
            .statement
            .actions
            .iter()
            .map(|(action, _)| action.as_str());
        let narrow: Vec<_> = actions.filter(|action| takes_resource(action)).collect();
        if narrow.is_empty() {
            continue;
        }
        let place = if star.is_some() {
            "on resource `*`"
        } else {
            "without naming resources"
        };
        findings
            .at(
                grant.block,
                origin,
                format!("{} allows {} {place}", grant.block.describe(), list(narrow)),
            )
            .because("the actions are allowed on everything of that kind in the account")
            .help(
                "name the resources by reference, such as `Events.arn`; a field `events: SendMessage<Events>` of \
                 the function does so (Terraform: `Resource`, `resources`)",
            );
    }
}

fn is_star(resource: &Value) -> bool {
    // The last part of an ARN names the resource: `arn:aws:sqs:*:*:*` is everything too.
    resource.as_str().is_some_and(|text| {
        text == "*" || text.starts_with("arn:") && text.splitn(6, ':').nth(5) == Some("*")
    })
}

/// Whether the action could be allowed on less than everything. Actions are compared without case, as
/// AWS does.
fn takes_resource(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    let is_exempt = WITHOUT_RESOURCE.iter().any(|known| {
        let known = known.to_ascii_lowercase();
        match known.strip_suffix('*') {
            Some(start) => action.starts_with(start),
            None => action == known,
        }
    });
    !is_exempt && !is_pass_role(&action)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(actions: &str, resource: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_iam_role_policy": {{"p": {{"policy":
                "${{jsonencode({{Statement = [{{Effect = \"Allow\", Action = {actions}{resource}}}]}})}}"}}}}}}}}"#
        )
    }

    const STAR: &str = r#", Resource = \"*\""#;

    #[test]
    fn everything_and_nothing_are_both_too_much() {
        fires(
            &RULE,
            &stack(r#"[\"sqs:SendMessage\", \"xray:PutTraceSegments\"]"#, STAR),
            "allows `sqs:SendMessage` on resource `*`",
        );
        fires(
            &RULE,
            &stack(
                r#"\"sqs:SendMessage\""#,
                r#", Resource = [aws_sqs_queue.q.arn, \"*\"]"#,
            ),
            "on resource `*`",
        );
        fires(
            &RULE,
            &stack(r#"\"sqs:SendMessage\""#, ""),
            "without naming resources",
        );
        passes(
            &RULE,
            &stack(r#"\"sqs:SendMessage\""#, ", Resource = aws_sqs_queue.q.arn"),
        );
        passes(
            &RULE,
            &stack(r#"\"sqs:SendMessage\""#, ", Resource = var.queues"),
        );
    }

    #[test]
    fn actions_without_resources_may_stand_on_everything() {
        passes(
            &RULE,
            &stack(
                r#"[\"xray:PutTraceSegments\", \"CloudWatch:putMetricData\", \"ec2:DescribeSubnets\"]"#,
                STAR,
            ),
        );
        fires(
            &RULE,
            &stack(r#"\"logs:CreateLogGroup\""#, STAR),
            "`logs:CreateLogGroup`",
        );
        passes(&RULE, &stack("var.actions", STAR));
    }

    #[test]
    fn passing_roles_is_for_another_rule() {
        passes(&RULE, &stack(r#"\"iam:PassRole\""#, STAR));
        fires(
            &RULE,
            &stack(r#"[\"iam:PassRole\", \"sqs:SendMessage\"]"#, STAR),
            "allows `sqs:SendMessage` on",
        );
    }
}
