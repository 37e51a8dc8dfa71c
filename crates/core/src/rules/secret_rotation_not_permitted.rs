//! The function that rotates a secret may change it.

use super::key_services::matches;
use super::lookup::{declared_name, is_resource};
use super::policy::{Statement, policy};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::{Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "secret_rotation_not_permitted",
    summary: "the function that rotates a secret may give it another value",
    explanation: "Secrets Manager calls the function, and the function does the rest with its own role: it reads the \
        secret, puts a new version in and moves the label `AWSCURRENT` to it. Without \
        `secretsmanager:DescribeSecret`, `GetSecretValue`, `PutSecretValue` and `UpdateSecretVersionStage` on the \
        secret every rotation fails, and the secret grows old unnoticed.",
    severity: Severity::Deny,
    source: "AWS Secrets Manager User Guide, \"Lambda rotation function execution role permissions for AWS Secrets Manager\"",
};

const NEEDED: [&str; 4] = [
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecretVersionStage",
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let argument = "rotation_lambda_arn";
    for rotation in graph.resources("aws_secretsmanager_secret_rotation") {
        let secret = rotation
            .referred("secret_id")
            .filter(|block| is_resource(*block, "aws_secretsmanager_secret"));
        let function = rotation
            .referred(argument)
            .filter(|block| is_resource(*block, "aws_lambda_function"));
        let Some((secret, function)) = secret.zip(function) else {
            continue;
        };
        let Some(statements) = statements(function) else {
            continue;
        };
        let missing = NEEDED.iter().find(|action| {
            !statements
                .iter()
                .any(|statement| allows(statement, action, secret))
        });
        if let Some(action) = missing {
            findings
                .at(
                    rotation,
                    rotation.origin_of(argument),
                    format!(
                        "{} rotates {}, but its role does not allow `{action}` on it",
                        function.describe(),
                        secret.describe()
                    ),
                )
                .because("every rotation fails, and the secret grows old unnoticed")
                .related(function.describe(), function.origin())
                .help(format!(
                    "give the function the field `pub secret: RotateSecret<{}>` (Terraform: allow `{}` on the secret's ARN)",
                    declared_name(secret, "Secret"),
                    NEEDED.join("`, `")
                ));
        }
    }
}

/// What the role of a function is allowed; `None` when that is not known.
fn statements(function: Resource<'_>) -> Option<Vec<Statement>> {
    let role = function
        .referred("role")
        .filter(|block| is_resource(*block, "aws_iam_role"))?;
    let elsewhere = role.get("inline_policy").is_some()
        || role.get("managed_policy_arns").is_some()
        || role
            .referrers("aws_iam_role_policy_attachment", "role")
            .next()
            .is_some();
    if elsewhere {
        return None;
    }
    let mut statements = Vec::new();
    for attached in role.referrers("aws_iam_role_policy", "role") {
        let (block, found) = policy(attached, "policy")?;
        let adds = ["source_policy_documents", "override_policy_documents"];
        if adds.iter().any(|name| block.get(name).is_some()) {
            return None;
        }
        statements.extend(found);
    }
    Some(statements)
}

fn allows(statement: &Statement, action: &str, secret: Resource<'_>) -> bool {
    let does = statement.not_action.is_some()
        || statement
            .actions
            .iter()
            .any(|(pattern, _)| matches(pattern, action));
    statement.allows
        && does
        && (statement.resources.is_empty()
            || statement
                .resources
                .iter()
                .any(|(value, _)| may_be(value, secret)))
}

/// Whether the ARN is that of the secret, or may be.
fn may_be(value: &Value, secret: Resource<'_>) -> bool {
    if let ValueKind::String(text) = &value.kind {
        return text == "*" || text.contains(":secret:") || text.starts_with("arn:*");
    }
    let mut known = false;
    let mut is = false;
    value.walk(&mut |value| {
        let target = value
            .as_reference()
            .and_then(|reference| secret.graph.target(&reference.target));
        if let Some(target) = target {
            known |= !matches!(target.block.kind, crate::document::BlockKind::Variable);
            is |= target.is(secret);
        }
    });
    is || !known
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(actions: &str, resource: &str, rest: &str) -> String {
        format!(
            r#"{{"resource": {{
                "aws_secretsmanager_secret": {{"s": {{}}, "other": {{}}}},
                "aws_secretsmanager_secret_rotation": {{"s": {{
                    "secret_id": "${{aws_secretsmanager_secret.s.id}}",
                    "rotation_lambda_arn": "${{aws_lambda_function.f.arn}}"}}}},
                "aws_lambda_function": {{"f": {{"role": "${{aws_iam_role.r.arn}}"}}}},
                "aws_iam_role": {{"r": {{}}}},
                "aws_iam_role_policy": {{"p": {{"role": "${{aws_iam_role.r.id}}",
                    "policy": "${{jsonencode({{Statement = [{{Effect = \"Allow\", Action = {actions}, Resource = {resource}}}]}})}}"}}}}
                {rest}}}}}"#
        )
    }

    const SECRET: &str = "aws_secretsmanager_secret.s.arn";

    #[test]
    fn the_role_allows_all_four() {
        let all = r#"\"secretsmanager:*\""#;
        passes(&RULE, &stack(all, SECRET, ""));
        passes(&RULE, &stack(all, r#"\"*\""#, ""));
        passes(&RULE, &stack(all, "var.secret", ""));
        fires(
            &RULE,
            &stack(all, "aws_secretsmanager_secret.other.arn", ""),
            "function `aws_lambda_function.f` rotates secret `aws_secretsmanager_secret.s`, but its role does not allow \
             `secretsmanager:DescribeSecret` on it",
        );
        fires(
            &RULE,
            &stack(
                r#"[\"secretsmanager:DescribeSecret\", \"secretsmanager:GetSecretValue\"]"#,
                SECRET,
                "",
            ),
            "`secretsmanager:PutSecretValue`",
        );
    }

    #[test]
    fn what_is_allowed_elsewhere_is_not_known() {
        passes(
            &RULE,
            &stack(
                r#"\"logs:*\""#,
                SECRET,
                r#", "aws_iam_role_policy_attachment": {"a": {"role": "${aws_iam_role.r.name}", "policy_arn": "x"}}"#,
            ),
        );
    }
}
