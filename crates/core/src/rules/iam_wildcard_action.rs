//! A policy names the actions it allows.

use super::identity_policies::{grants, list};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "iam_wildcard_action",
    summary: "an identity policy allows actions by name, without wildcards",
    explanation: "An action with `*` in it allows whatever AWS calls by a matching name, today and after the \
        next release: `sqs:*` lets a function that should send messages delete the queue. `NotAction` in an \
        `Allow` statement is worse still, since it allows every service that it does not list. Whoever takes \
        over the function has all of it.",
    severity: Severity::Deny,
    source: "AWS Identity and Access Management User Guide, \"Security best practices in IAM\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for grant in grants(graph) {
        let wild: Vec<_> = grant
            .statement
            .actions
            .iter()
            .filter(|(action, _)| action.contains(['*', '?']))
            .collect();
        let name = grant.block.describe();
        let finding = match (wild.first(), grant.statement.not_action) {
            (Some((_, origin)), _) => {
                let actions = list(wild.iter().map(|(action, _)| action.as_str()));
                findings
                    .at(grant.block, *origin, format!("{name} allows {actions}"))
                    .because("the wildcard also allows actions that nobody had in mind, and those AWS adds later")
            }
            (None, Some(origin)) => findings
                .at(
                    grant.block,
                    origin,
                    format!("{name} allows everything but a list of actions (`NotAction`)"),
                )
                .because("all actions of all other services are allowed"),
            (None, None) => continue,
        };
        finding.help(
            "name the actions that are used, such as `sqs:SendMessage`; a field `events: SendMessage<Events>` \
             of the function grants exactly that (Terraform: `Action`, `actions`)",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn inline(statement: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_iam_role_policy": {{"p": {{"policy": "${{jsonencode({{Statement = [{{Effect = \"Allow\", {statement}}}]}})}}"}}}}}}}}"#
        )
    }

    #[test]
    fn wildcards_in_actions_are_found_once_a_statement() {
        fires(
            &RULE,
            &inline(r#"Action = \"*\""#),
            "policy `aws_iam_role_policy.p` allows `*`",
        );
        fires(
            &RULE,
            &inline(r#"Action = [\"sqs:SendMessage\", \"s3:*\", \"sqs:Get*\"]"#),
            "allows `s3:*`, `sqs:Get*`",
        );
        passes(
            &RULE,
            &inline(r#"Action = [\"sqs:SendMessage\"], Resource = \"*\""#),
        );
        passes(&RULE, &inline(r#"Action = \"${var.action}\""#));
    }

    #[test]
    fn a_list_of_exceptions_is_a_wildcard() {
        fires(
            &RULE,
            &inline(r#"NotAction = [\"iam:*\"]"#),
            "everything but a list of actions",
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_iam_policy": {"p": {"policy":
            "{\"Statement\": {\"Effect\": \"Allow\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"}}"}}}}"#,
            "NotAction",
        );
        passes(
            &RULE,
            r#"{"resource": {"aws_iam_policy": {"p": {"policy":
            "{\"Statement\": [{\"Effect\": \"Deny\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"}]}"}}}}"#,
        );
    }

    #[test]
    fn a_document_is_judged_once_and_denials_are_free() {
        let stack = |effect: &str, argument: &str| {
            format!(
                r#"{{"data": {{"aws_iam_policy_document": {{"d": {{"statement": [{{"effect": "{effect}", "{argument}": ["sqs:*"]}}]}}}}}},
                "resource": {{"aws_iam_user_policy": {{"p": {{"policy": "${{data.aws_iam_policy_document.d.json}}"}}}},
                    "aws_iam_role": {{"r": {{"inline_policy": [{{"policy": "${{data.aws_iam_policy_document.d.json}}"}}]}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack("Allow", "actions"),
            "`data.aws_iam_policy_document.d` allows `sqs:*`",
        );
        fires(&RULE, &stack("Allow", "not_actions"), "everything but");
        passes(&RULE, &stack("Deny", "actions"));
    }

    #[test]
    fn key_policies_are_not_identity_policies() {
        passes(
            &RULE,
            r#"{"resource": {"aws_kms_key": {"k": {"policy":
            "${jsonencode({Statement = [{Effect = \"Allow\", Action = \"kms:*\", Principal = {AWS = \"arn:aws:iam::1:root\"}}]})}"}}}}"#,
        );
    }
}
