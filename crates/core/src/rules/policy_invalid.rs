//! A policy is written in the words that IAM knows.

use super::policy::from_json;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::Origin;
use crate::graph::{Graph, Resource};
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Key, Object, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "policy_invalid",
    summary: "a policy has a version, effects and elements that IAM knows",
    explanation: "Terraform takes a policy for text. AWS knows two versions of its language, two effects, `Allow` and \
        `Deny`, in exactly these letters, and a fixed list of elements, and refuses a policy that says anything \
        else, at `terraform apply`. `Actions` and `Resources` are how `aws_iam_policy_document` spells `Action` \
        and `Resource`.",
    severity: Severity::Reject,
    source: "AWS Identity and Access Management User Guide, \"Grammar of the IAM JSON policy language\"",
};

/// Where Terraform keeps policies in JSON.
const POLICIES: [(&str, &str); 31] = [
    ("aws_api_gateway_rest_api", "policy"),
    ("aws_api_gateway_rest_api_policy", "policy"),
    ("aws_backup_vault_policy", "policy"),
    ("aws_cloudwatch_event_bus_policy", "policy"),
    ("aws_cloudwatch_log_resource_policy", "policy_document"),
    ("aws_dynamodb_resource_policy", "policy"),
    ("aws_ecr_registry_policy", "policy"),
    ("aws_ecr_repository_policy", "policy"),
    ("aws_efs_file_system_policy", "policy"),
    ("aws_iam_group_policy", "policy"),
    ("aws_iam_policy", "policy"),
    ("aws_iam_role", "assume_role_policy"),
    ("aws_iam_role", "inline_policy"),
    ("aws_iam_role_policy", "policy"),
    ("aws_iam_user_policy", "policy"),
    ("aws_kinesis_resource_policy", "policy"),
    ("aws_kms_external_key", "policy"),
    ("aws_kms_key", "policy"),
    ("aws_kms_key_policy", "policy"),
    ("aws_kms_replica_key", "policy"),
    ("aws_s3_access_point", "policy"),
    ("aws_s3_bucket", "policy"),
    ("aws_s3_bucket_policy", "policy"),
    ("aws_secretsmanager_secret", "policy"),
    ("aws_secretsmanager_secret_policy", "policy"),
    ("aws_sns_topic", "policy"),
    ("aws_sns_topic_policy", "policy"),
    ("aws_sqs_queue", "policy"),
    ("aws_sqs_queue_policy", "policy"),
    ("aws_vpc_endpoint", "policy"),
    ("aws_vpc_endpoint_policy", "policy"),
];

const VERSIONS: [&str; 2] = ["2012-10-17", "2008-10-17"];
const EFFECTS: [&str; 2] = ["Allow", "Deny"];
const ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];
const STATEMENT_ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, path) in POLICIES {
        for resource in graph.resources(type_name) {
            let Some(value) = resource.get(path) else {
                continue;
            };
            let origin = resource.origin_of(path);
            if path != "inline_policy" {
                policy(resource, value, origin, findings);
                continue;
            }
            for inner in value.objects() {
                if let Some((key, value)) = inner.entry("policy") {
                    let origin = value.origin.or(key.origin).or(origin);
                    policy(resource, value, origin, findings);
                }
            }
        }
    }
    for document in graph.all().filter(is_document) {
        if let Some((key, value)) = document.block.body.entry("version") {
            let place = Place::new(document, key, value, document.origin());
            one_of("version", value, &VERSIONS, &place, findings);
        }
        let statements = document
            .get("statement")
            .map(Value::objects)
            .unwrap_or_default();
        for statement in statements {
            if let Some((key, value)) = statement.entry("effect") {
                let place = Place::new(document, key, value, document.origin_of("statement"));
                one_of("effect", value, &EFFECTS, &place, findings);
            }
        }
    }
}

fn is_document(block: &Resource<'_>) -> bool {
    block.block.kind == crate::document::BlockKind::Data
        && block.type_name() == "aws_iam_policy_document"
}

/// Where something in a policy is written.
struct Place<'g> {
    block: Resource<'g>,
    origin: Origin,
}

impl<'g> Place<'g> {
    fn new(block: Resource<'g>, key: &Key, value: &Value, fallback: Origin) -> Self {
        let origin = value.origin.or(key.origin).or(fallback);
        Self { block, origin }
    }
}

/// A policy as `jsonencode` of a map, or as text.
fn policy(resource: Resource<'_>, value: &Value, origin: Origin, findings: &mut Findings) {
    let parsed;
    let value = match &value.kind {
        ValueKind::String(text) => match serde_json::from_str(text) {
            Ok(json) => {
                parsed = from_json(json);
                &parsed
            }
            Err(_) => return,
        },
        _ => value,
    };
    let Some(policy) = value.as_object() else {
        return;
    };
    elements(resource, policy, &ELEMENTS, "a policy", origin, findings);
    if let Some((key, value)) = policy.entry("Version") {
        let place = Place::new(resource, key, value, origin);
        one_of("Version", value, &VERSIONS, &place, findings);
    }
    let statements = policy
        .get("Statement")
        .map(Value::objects)
        .unwrap_or_default();
    for statement in statements {
        elements(
            resource,
            statement,
            &STATEMENT_ELEMENTS,
            "a statement",
            origin,
            findings,
        );
        if let Some((key, value)) = statement.entry("Effect") {
            let place = Place::new(resource, key, value, origin);
            one_of("Effect", value, &EFFECTS, &place, findings);
        }
    }
}

/// The keys of a policy or a statement. Whether another case of the letters is let through is left to
/// AWS.
fn elements(
    resource: Resource<'_>,
    object: &Object,
    known: &[&str],
    whole: &str,
    fallback: Origin,
    findings: &mut Findings,
) {
    for (key, value) in object.iter() {
        let is_plain = key
            .name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric());
        let is_known = known
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&key.name));
        if is_known || !is_plain {
            continue;
        }
        let origin = key.origin.or(value.origin).or(fallback);
        let near = nearest(&key.name, known.iter().copied());
        let mut help = did_you_mean(&near);
        if help.is_empty() {
            help = format!("{whole} knows `{}`", known.join("`, `"));
        }
        findings
            .at(
                resource,
                origin,
                format!(
                    "{} has a policy with `{}`, which IAM does not know in {whole}",
                    resource.describe(),
                    key.name
                ),
            )
            .because(CONSEQUENCE)
            .help(help);
    }
}

const CONSEQUENCE: &str = "AWS refuses the policy as malformed, at `terraform apply`";

fn one_of(name: &str, value: &Value, known: &[&str], place: &Place<'_>, findings: &mut Findings) {
    let Some(text) = value.as_str().filter(|text| !known.contains(text)) else {
        return;
    };
    let same = known
        .iter()
        .find(|known| known.eq_ignore_ascii_case(text))
        .map(|known| format!("write `\"{known}\"`: the case of letters matters"));
    let help = same.unwrap_or_else(|| format!("write `\"{}\"`", known.join("\"` or `\"")));
    let block = place.block;
    findings
        .at(
            block,
            place.origin,
            format!(
                "{} has a policy whose `{name}` is `{text}`, which IAM does not know",
                block.describe()
            ),
        )
        .because(CONSEQUENCE)
        .help(help);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(policy: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sqs_queue_policy": {{"p": {{"policy": "${{jsonencode({policy})}}"}}}}}}}}"#
        )
    }

    fn document(arguments: &str) -> String {
        format!(r#"{{"data": {{"aws_iam_policy_document": {{"d": {{{arguments}}}}}}}}}"#)
    }

    const RIGHT: &str = r#"{Version = \"2012-10-17\", Id = \"a\", Statement = [{Sid = \"b\", Effect = \"Allow\", Action = \"sqs:SendMessage\", Principal = \"*\", Resource = \"*\", Condition = {Bool = {\"aws:SecureTransport\" = \"true\"}}}]}"#;

    #[test]
    fn what_iam_knows_passes() {
        passes(&RULE, &stack(RIGHT));
        passes(&RULE, &stack(&RIGHT.replace("2012", "2008")));
        passes(&RULE, &stack(&RIGHT.replace(r#"\"Allow\""#, "var.effect")));
        passes(&RULE, &stack("var.policy"));
        passes(
            &RULE,
            &document(r#""version": "2012-10-17", "statement": [{"effect": "Deny"}, {}]"#),
        );
        passes(
            &RULE,
            &document(r#""statement": {"effect": "${var.effect}"}"#),
        );
    }

    #[test]
    fn effects_are_two_words() {
        let message = "whose `Effect` is `allow`, which IAM does not know";
        fires(&RULE, &stack(&RIGHT.replace("Allow", "allow")), message);
        fires(
            &RULE,
            &document(r#""statement": {"effect": "Permit"}"#),
            "`data.aws_iam_policy_document.d` has a policy whose `effect` is `Permit`",
        );
    }

    #[test]
    fn versions_are_two_dates() {
        let message = "whose `Version` is `2012-10-18`";
        fires(&RULE, &stack(&RIGHT.replace("10-17", "10-18")), message);
        fires(
            &RULE,
            &document(r#""version": "2024-01-01""#),
            "whose `version` is `2024-01-01`",
        );
    }

    #[test]
    fn elements_are_those_of_the_grammar() {
        fires(
            &RULE,
            &stack(&RIGHT.replace("Action", "Actions")),
            "policy `aws_sqs_queue_policy.p` has a policy with `Actions`, which IAM does not know in a statement",
        );
        fires(
            &RULE,
            &stack(&RIGHT.replace("Statement", "Statements")),
            "with `Statements`, which IAM does not know in a policy",
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_iam_role": {"r": {"inline_policy": {"policy": "{\"Statement\": {\"Effects\": \"Allow\"}}"}}}}}"#,
            "role `aws_iam_role.r` has a policy with `Effects`",
        );
    }
}
