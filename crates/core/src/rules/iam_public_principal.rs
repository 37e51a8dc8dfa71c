//! A resource is not everybody's.

use super::policy::{Condition, Statement, is_strict, policy};
use super::{Findings, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Origin;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "iam_public_principal",
    summary: "a resource policy allows named principals, or narrows `*` by a condition",
    explanation: "Principal `*` is everybody with an AWS account, and for many services everybody at all. \
        Unless a condition ties the request to a known source, account or organization, strangers may send \
        to the queue, read the bucket or take on the role.",
    severity: Severity::Deny,
    source: "AWS Identity and Access Management User Guide, \"AWS JSON policy elements: Principal\"",
};

/// Where Terraform keeps the policies of resources. That of a REST API is not here: an API is meant to be
/// called, and its routes say by whom.
const POLICIES: [(&str, &str); 11] = [
    ("aws_sqs_queue_policy", "policy"),
    ("aws_sqs_queue", "policy"),
    ("aws_sns_topic_policy", "policy"),
    ("aws_sns_topic", "policy"),
    ("aws_s3_bucket_policy", "policy"),
    ("aws_s3_bucket", "policy"),
    ("aws_kms_key", "policy"),
    ("aws_kms_key_policy", "policy"),
    ("aws_iam_role", "assume_role_policy"),
    ("aws_secretsmanager_secret", "policy"),
    ("aws_secretsmanager_secret_policy", "policy"),
];

/// Condition keys that tie a request to somebody, in lower case.
const NARROWING: [&str; 18] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalservicename",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "sns:endpoint",
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, path) in POLICIES {
        for resource in graph.resources(type_name) {
            let Some((block, statements)) = policy(resource, path) else {
                continue;
            };
            for statement in statements.iter().filter(|statement| statement.allows) {
                if let Some(origin) = everybody(statement) {
                    if !statement.conditions.iter().any(is_narrowing) {
                        let _ = report(findings, block, origin);
                    }
                }
            }
        }
    }
    for permission in graph.resources("aws_lambda_permission") {
        let is_narrowed = ["source_arn", "source_account", "principal_org_id"]
            .iter()
            .any(|argument| permission.get(argument).is_some());
        // Of a public function URL its own rule speaks.
        let is_url = permission.text("function_url_auth_type") == Some("NONE")
            || permission.flag("invoked_via_function_url") == Some(true);
        if permission.text("principal") == Some("*") && !is_narrowed && !is_url {
            report(findings, permission, permission.origin_of("principal")).help(
                "name the service that calls, and for whom: `principal = \"sns.amazonaws.com\"` and `source_arn` \
                 (Terraform: the same)",
            );
        }
    }
}

fn report<'f>(
    findings: &'f mut Findings,
    block: Resource<'_>,
    origin: Origin,
) -> &'f mut Diagnostic {
    findings
        .at(block, origin, format!("{} allows everybody (principal `*`)", block.describe()))
        .because("anyone with an AWS account can use it")
        .help(
            "name the principal, such as `{ \"Service\" = \"sns.amazonaws.com\" }`, or add a condition on \
             `aws:SourceArn` (Terraform: `Principal`, `principals`, `Condition`, `source_arn`)",
        )
}

/// Where the statement names everybody.
fn everybody(statement: &Statement) -> Option<Origin> {
    statement
        .principals
        .iter()
        .filter(|(kind, _)| kind == "*" || kind == "AWS")
        .flat_map(|(_, identifiers)| identifiers)
        .find(|identifier| identifier.as_str() == Some("*"))
        .map(|identifier| identifier.origin.or(statement.origin))
}

/// Whether the condition ties the request to somebody.
fn is_narrowing((test, key, values): &Condition) -> bool {
    let key = key.to_ascii_lowercase();
    let is_known_key = NARROWING
        .iter()
        .any(|known| known.eq_ignore_ascii_case(&key))
        || key.starts_with("aws:principaltag/");
    is_strict(test)
        && is_known_key
        && !values
            .iter()
            .any(|value| matches!(value.as_str(), Some("*" | "0.0.0.0/0" | "::/0")))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(principal: &str, condition: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sqs_queue_policy": {{"p": {{"policy":
                "${{jsonencode({{Statement = [{{Effect = \"Allow\", Action = \"sqs:SendMessage\", Principal = {principal}{condition}}}]}})}}"}}}}}}}}"#
        )
    }

    const EVERYBODY: &str = r#"{AWS = \"*\"}"#;

    #[test]
    fn everybody_is_found_in_each_form() {
        fires(
            &RULE,
            &stack(r#"\"*\""#, ""),
            "policy `aws_sqs_queue_policy.p` allows everybody",
        );
        fires(&RULE, &stack(EVERYBODY, ""), "allows everybody");
        fires(
            &RULE,
            r#"{"data": {"aws_iam_policy_document": {"d": {"statement": {"principals": {"type": "*", "identifiers": ["*"]}}}}},
            "resource": {"aws_iam_role": {"r": {"assume_role_policy": "${data.aws_iam_policy_document.d.json}"}}}}"#,
            "allows everybody",
        );
        passes(&RULE, &stack(r#"{Service = \"sns.amazonaws.com\"}"#, ""));
        passes(&RULE, &stack("{AWS = aws_iam_role.r.arn}", ""));
    }

    #[test]
    fn a_condition_narrows_when_requests_without_the_value_fail_it() {
        passes(
            &RULE,
            &stack(
                EVERYBODY,
                r#", Condition = {ArnEquals = {\"aws:SourceArn\" = aws_sns_topic.t.arn}}"#,
            ),
        );
        fires(
            &RULE,
            &stack(
                EVERYBODY,
                r#", Condition = {ArnLike = {\"aws:SourceArn\" = \"*\"}}"#,
            ),
            "everybody",
        );
        fires(
            &RULE,
            &stack(
                EVERYBODY,
                r#", Condition = {StringNotEquals = {\"aws:SourceAccount\" = \"1\"}}"#,
            ),
            "everybody",
        );
        fires(
            &RULE,
            &stack(
                EVERYBODY,
                r#", Condition = {StringEqualsIfExists = {\"aws:SourceAccount\" = \"1\"}}"#,
            ),
            "everybody",
        );
        fires(
            &RULE,
            &stack(
                EVERYBODY,
                r#", Condition = {Bool = {\"aws:SecureTransport\" = \"true\"}}"#,
            ),
            "everybody",
        );
    }

    #[test]
    fn a_function_can_be_everybodys_too() {
        let stack = |more: &str| {
            format!(
                r#"{{"resource": {{"aws_lambda_permission": {{"p": {{"principal": "*"{more}}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack(""),
            "permission `aws_lambda_permission.p` allows everybody",
        );
        passes(&RULE, &stack(r#", "principal_org_id": "o-1""#));
    }
}
