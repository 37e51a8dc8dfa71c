//! A role for the users of an identity provider says for which of them.

use super::key_services::matches;
use super::policy::{Condition, Statement, is_strict, policy};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "iam_federated_without_condition",
    summary: "a role for an identity provider's users says which of them may take it on",
    explanation: "A provider such as GitHub Actions signs tokens for everybody. A trust policy that allows \
        `sts:AssumeRoleWithWebIdentity` to the provider without a condition on whom the token is for (`:sub`) \
        lets every repository of GitHub take on the role; so does a pattern that begins with `repo:*`. \
        Conditions on `:aud` alone do not help where everybody gets the same audience. Where the audience is \
        the application's own, as with Amazon Cognito and Login with Amazon, Facebook or Google, it is enough.",
    severity: Severity::Deny,
    source: "AWS Identity and Access Management User Guide, \"Create a role for OpenID Connect federation (console)\" and \"Available keys for AWS OIDC federation\"",
};

const ACTION: &str = "sts:AssumeRoleWithWebIdentity";

/// Providers that IAM knows by itself. What tells their applications apart is enough.
const BUILT_IN: [&str; 4] = [
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
];

/// What of a token says whom it is for: the subject, and what GitHub says of a repository.
const SUBJECTS: [&str; 8] = [
    "sub",
    "enterprise",
    "enterprise_id",
    "job_workflow_ref",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
];

/// What the built-in providers say besides.
const APPLICATIONS: [&str; 5] = ["app_id", "aud", "id", "oaud", "user_id"];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let mut seen: Vec<Resource<'_>> = Vec::new();
    for role in graph.resources("aws_iam_role") {
        let Some((block, statements)) = policy(role, "assume_role_policy") else {
            continue;
        };
        // A document that several roles share is one mistake.
        if seen.iter().any(|known| known.is(block)) {
            continue;
        }
        seen.push(block);
        for statement in statements.iter().filter(|statement| lets_in(statement)) {
            let Some((provider, origin)) = provider(statement) else {
                continue;
            };
            let is_built_in = BUILT_IN.contains(&provider);
            let is_narrowed = statement
                .conditions
                .iter()
                .any(|condition| is_narrowing(condition, is_built_in));
            if is_narrowed || statement.has_unknown_conditions {
                continue;
            }
            let name = if is_built_in {
                provider
            } else {
                "token.actions.githubusercontent.com"
            };
            findings
                .at(
                    block,
                    origin,
                    format!(
                        "{} lets in everybody who has a token of the identity provider",
                        block.describe()
                    ),
                )
                .because("whoever gets the provider to sign a token, such as any repository of GitHub, can take on the role")
                .help(format!(
                    "add a condition on whom the token is for, such as `\"StringEquals\" = {{ \"{name}:{}` (Terraform: `Condition`, `condition`)",
                    if is_built_in {
                        "aud\" = \"<application>\" }"
                    } else {
                        "sub\" = \"repo:<owner>/<repository>:ref:refs/heads/main\" }"
                    }
                ));
        }
    }
}

fn lets_in(statement: &Statement) -> bool {
    statement.allows
        && statement
            .actions
            .iter()
            .any(|(pattern, _)| matches(pattern, ACTION))
}

/// The identity provider that the statement is for: its name where it is a literal one.
fn provider(statement: &Statement) -> Option<(&str, crate::document::Origin)> {
    let (_, identifiers) = statement
        .principals
        .iter()
        .find(|(kind, _)| kind == "Federated")?;
    let identifier = identifiers.first()?;
    // A provider of SAML has an action of its own.
    let name = identifier.as_str().unwrap_or_default();
    (!name.contains(":saml-provider/")).then_some((name, identifier.origin.or(statement.origin)))
}

fn is_narrowing((test, key, values): &Condition, is_built_in: bool) -> bool {
    // The name of the provider may come from elsewhere, and the claim with it.
    let Some((provider, claim)) = key.rsplit_once(':') else {
        return !key.chars().all(|letter| letter.is_ascii_alphanumeric()) || key.is_empty();
    };
    let claim = claim.to_ascii_lowercase();
    let is_built_in = is_built_in || BUILT_IN.contains(&provider);
    let is_unknown = claim.contains(['$', '{', '}', '(', ')']);
    let is_subject =
        SUBJECTS.contains(&claim.as_str()) || is_built_in && APPLICATIONS.contains(&claim.as_str());
    is_unknown || is_strict(test) && is_subject && !values.iter().any(is_everybody)
}

/// `*`, and GitHub's `repo:*`, are everybody in a pattern; elsewhere they are nobody.
fn is_everybody(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.starts_with('*') || text.starts_with("repo:*"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(federated: &str, condition: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_iam_role": {{"r": {{"assume_role_policy":
                "${{jsonencode({{Statement = [{{Effect = \"Allow\", Action = \"sts:AssumeRoleWithWebIdentity\",
                Principal = {{Federated = {federated}}}{condition}}}]}})}}"}}}}}}}}"#
        )
        .replace('\n', " ")
    }

    const GITHUB: &str = "aws_iam_openid_connect_provider.github.arn";

    fn on(test: &str, key: &str, value: &str) -> String {
        format!(r#", Condition = {{{test} = {{\"{key}\" = {value}}}}}"#)
    }

    #[test]
    fn everybody_with_a_token_is_let_in_without_a_condition() {
        let message = "role `aws_iam_role.r` lets in everybody who has a token";
        fires(&RULE, &stack(GITHUB, ""), message);
        let key = "token.actions.githubusercontent.com";
        for condition in [
            on(
                "StringEquals",
                &format!("{key}:aud"),
                r#"\"sts.amazonaws.com\""#,
            ),
            on("StringLike", &format!("{key}:sub"), r#"\"*\""#),
            on(
                "StringLike",
                &format!("{key}:sub"),
                r#"[\"repo:acme/shop:*\", \"repo:*\"]"#,
            ),
            on("StringNotEquals", &format!("{key}:sub"), r#"\"a\""#),
            on("StringLikeIfExists", &format!("{key}:sub"), r#"\"a\""#),
        ] {
            fires(&RULE, &stack(GITHUB, &condition), message);
        }
        fires(
            &RULE,
            r#"{"data": {"aws_iam_policy_document": {"d": {"statement": {"actions": ["sts:*"],
                "principals": {"type": "Federated", "identifiers": ["arn:aws:iam::1:oidc-provider/gitlab.com"]}}}}},
            "resource": {"aws_iam_role": {
                "a": {"assume_role_policy": "${data.aws_iam_policy_document.d.json}"},
                "b": {"assume_role_policy": "${data.aws_iam_policy_document.d.json}"}}}}"#,
            "lets in everybody",
        );
    }

    #[test]
    fn a_condition_on_the_subject_narrows() {
        let key = "token.actions.githubusercontent.com";
        let sub = format!("{key}:sub");
        passes(
            &RULE,
            &stack(GITHUB, &on("StringLike", &sub, r#"\"repo:acme/shop:*\""#)),
        );
        passes(
            &RULE,
            &stack(GITHUB, &on("StringEquals", &sub, "var.subject")),
        );
        passes(&RULE, &stack(GITHUB, ", Condition = var.condition"));
        passes(
            &RULE,
            &stack(
                GITHUB,
                &on("StringEquals", &format!("{key}:repository_id"), r#"\"1\""#),
            ),
        );
        passes(
            &RULE,
            &stack(
                r#"\"cognito-identity.amazonaws.com\""#,
                &on(
                    "StringEquals",
                    "cognito-identity.amazonaws.com:aud",
                    r#"\"eu-central-1:1\""#,
                ),
            ),
        );
        passes(
            &RULE,
            r#"{"data": {"aws_iam_policy_document": {"d": {"statement": {"actions": ["sts:AssumeRoleWithWebIdentity"],
                "principals": {"type": "Federated", "identifiers": ["${var.provider}"]},
                "condition": {"test": "StringEquals", "variable": "${var.issuer}:sub", "values": ["system:serviceaccount:a:b"]}}}}},
            "resource": {"aws_iam_role": {"a": {"assume_role_policy": "${data.aws_iam_policy_document.d.json}"}}}}"#,
        );
    }

    #[test]
    fn others_than_identity_providers_are_not_meant() {
        passes(
            &RULE,
            &stack(GITHUB, "").replace("WithWebIdentity", "WithSAML"),
        );
        passes(&RULE, &stack(GITHUB, "").replace("Federated", "Service"));
        passes(&RULE, &stack(GITHUB, "").replace("Allow", "Deny"));
    }
}
