//! Whoever may pass any role may become anyone.

use super::identity_policies::grants;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "iam_pass_role",
    summary: "`iam:PassRole` names the roles that may be passed",
    explanation: "`iam:PassRole` decides which roles may be handed to a service. Allowed on `*`, it lets its holder \
        start a function or a task with the most powerful role of the account and so have that role's \
        permissions itself.",
    severity: Severity::Deny,
    source: "AWS Identity and Access Management User Guide, \"Grant a user permissions to pass a role to an AWS service\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for grant in grants(graph) {
        let statement = &grant.statement;
        let mut stars = statement
            .resources
            .iter()
            .filter(|(resource, _)| resource.as_str() == Some("*"))
            .map(|(_, origin)| *origin);
        let origin = match stars.next() {
            Some(origin) => origin,
            None if statement.resources.is_empty() => statement.origin,
            None => continue,
        };
        if statement
            .actions
            .iter()
            .any(|(action, _)| is_pass_role(action))
        {
            findings
                .at(
                    grant.block,
                    origin,
                    format!("{} allows `iam:PassRole` for every role", grant.block.describe()),
                )
                .because("its holder can give itself the permissions of any role in the account")
                .help(
                    "name the one role that is passed, such as `Task.arn`, with the condition `iam:PassedToService` \
                     (Terraform: `Resource`, `resources`)",
                );
        }
    }
}

/// AWS compares actions without case.
pub(super) fn is_pass_role(action: &str) -> bool {
    action.eq_ignore_ascii_case("iam:PassRole")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(action: &str, resource: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_iam_role_policy": {{"p": {{"policy":
                "${{jsonencode({{Statement = [{{Effect = \"Allow\", Action = [\"{action}\"]{resource}}}]}})}}"}}}}}}}}"#
        )
    }

    #[test]
    fn passing_every_role_is_found_and_passing_one_is_not() {
        fires(
            &RULE,
            &stack("iam:PassRole", r#", Resource = \"*\""#),
            "allows `iam:PassRole` for every role",
        );
        fires(&RULE, &stack("iam:passrole", ""), "for every role");
        passes(
            &RULE,
            &stack("iam:PassRole", ", Resource = aws_iam_role.task.arn"),
        );
        passes(&RULE, &stack("sqs:SendMessage", r#", Resource = \"*\""#));
    }
}
