//! A key is used for what it was made for.

use super::identity_policies::grants;
use super::key_services::key_of;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "kms_usage_unfit",
    summary: "a key is used for what its usage says: to encrypt, to sign, for codes or for shared secrets",
    explanation: "A key has one usage, which is chosen when it is made and cannot be changed. KMS refuses every other \
        operation, and AWS services encrypt with symmetric keys only: a queue, a bucket or a secret does not take \
        a key that signs.",
    severity: Severity::Deny,
    source: "AWS Key Management Service Developer Guide, \"Key usage\" and \"Identify different key types\"",
};

/// Where AWS services take a key, which has to be a symmetric one.
const ENCRYPTED: [(&str, &str); 11] = [
    ("aws_cloudwatch_log_group", "kms_key_id"),
    ("aws_dynamodb_table", "server_side_encryption.kms_key_arn"),
    (
        "aws_kinesis_firehose_delivery_stream",
        "server_side_encryption.key_arn",
    ),
    ("aws_kinesis_stream", "kms_key_id"),
    ("aws_lambda_function", "kms_key_arn"),
    (
        "aws_s3_bucket_server_side_encryption_configuration",
        "rule.apply_server_side_encryption_by_default.kms_master_key_id",
    ),
    ("aws_secretsmanager_secret", "kms_key_id"),
    (
        "aws_sfn_state_machine",
        "encryption_configuration.kms_key_id",
    ),
    ("aws_sns_topic", "kms_master_key_id"),
    ("aws_sqs_queue", "kms_master_key_id"),
    ("aws_ssm_parameter", "key_id"),
];

const ENCRYPT: &str = "ENCRYPT_DECRYPT";

/// Operations, the usage that they are for, and what the construct calls it.
const OPERATIONS: [(&str, &str, &str); 8] = [
    ("kms:Decrypt", ENCRYPT, "encrypt"),
    ("kms:DeriveSharedSecret", "KEY_AGREEMENT", "agree"),
    ("kms:Encrypt", ENCRYPT, "encrypt"),
    ("kms:GenerateDataKey", ENCRYPT, "encrypt"),
    ("kms:GenerateMac", "GENERATE_VERIFY_MAC", "mac"),
    ("kms:Sign", "SIGN_VERIFY", "sign"),
    ("kms:Verify", "SIGN_VERIFY", "sign"),
    ("kms:VerifyMac", "GENERATE_VERIFY_MAC", "mac"),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, argument) in ENCRYPTED {
        for resource in graph.resources(type_name) {
            let Some(key) = key_of(resource, argument).filter(|key| !is_symmetric(*key)) else {
                continue;
            };
            findings
                .at(
                    resource,
                    resource.origin_of(argument),
                    format!(
                        "{} is to be encrypted with {}, which is not a symmetric key",
                        resource.describe(),
                        key.describe()
                    ),
                )
                .because("AWS services encrypt with symmetric keys only, and refuse it")
                .related(key.describe(), key.origin())
                .help("make a key for it with `#[kms_key]`, without `usage` and `spec` (Terraform: `key_usage`, `customer_master_key_spec`)");
        }
    }
    for grant in grants(graph) {
        let resources = &grant.statement.resources;
        let keys = resources.iter().filter_map(|(value, _)| {
            graph
                .resolve(value)
                .filter(|block| super::lookup::is_resource(*block, "aws_kms_key"))
        });
        let keys = keys.collect::<Vec<_>>();
        if keys.is_empty() || keys.len() < resources.len() {
            continue;
        }
        for (action, origin) in &grant.statement.actions {
            let Some((_, wanted, key_word)) = OPERATIONS.iter().find(|(known, ..)| known == action)
            else {
                continue;
            };
            let unfit = keys
                .iter()
                .all(|key| usage(*key).is_some_and(|usage| usage != *wanted));
            if let (true, Some(key)) = (unfit, keys.first()) {
                findings
                    .at(
                        grant.block,
                        *origin,
                        format!(
                            "`{action}` is allowed on {}, whose usage is `{}`",
                            key.describe(),
                            usage(*key).unwrap_or_default()
                        ),
                    )
                    .because("KMS refuses the operation for a key of that usage")
                    .related(key.describe(), key.origin())
                    .help(format!(
                        "make a key with `#[kms_key(usage = \"{key_word}\")]` for it (Terraform: `key_usage = \"{wanted}\"`)"
                    ));
            }
        }
    }
}

/// The usage of a key; `None` when it is not known yet.
fn usage(key: Resource<'_>) -> Option<&str> {
    match key.get("key_usage") {
        None => Some(ENCRYPT),
        Some(value) => value.as_str(),
    }
}

/// Whether services can encrypt with the key, or may.
fn is_symmetric(key: Resource<'_>) -> bool {
    let is = |argument: &str, wanted: &str| {
        key.get(argument)
            .and_then(|value| value.as_str())
            .is_none_or(|value| value == wanted)
    };
    is("key_usage", ENCRYPT) && is("customer_master_key_spec", "SYMMETRIC_DEFAULT")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(key: &str, rest: &str) -> String {
        format!(r#"{{"resource": {{"aws_kms_key": {{"k": {{{key}}}}}, {rest}}}}}"#)
    }

    const SIGNS: &str = r#""key_usage": "SIGN_VERIFY", "customer_master_key_spec": "RSA_2048""#;

    #[test]
    fn services_encrypt_with_symmetric_keys() {
        let secret =
            r#""aws_secretsmanager_secret": {"s": {"kms_key_id": "${aws_kms_key.k.arn}"}}"#;
        let table = r#""aws_dynamodb_table": {"t": {"server_side_encryption":
            [{"enabled": true, "kms_key_arn": "${aws_kms_key.k.arn}"}]}}"#;
        for rest in [secret, table] {
            fires(&RULE, &stack(SIGNS, rest), "which is not a symmetric key");
            fires(
                &RULE,
                &stack(r#""customer_master_key_spec": "RSA_2048""#, rest),
                "to be encrypted with key `aws_kms_key.k`",
            );
            passes(&RULE, &stack("", rest));
            passes(&RULE, &stack(r#""key_usage": "${var.usage}""#, rest));
        }
    }

    #[test]
    fn an_operation_is_for_a_usage() {
        let grant = |action: &str| {
            format!(
                r#""aws_iam_role_policy": {{"p": {{"policy": "${{jsonencode({{Statement = [{{Effect = \"Allow\",
                    Action = [\"{action}\"], Resource = [aws_kms_key.k.arn]}}]}})}}"}}}}"#
            )
            .replace('\n', " ")
        };
        fires(
            &RULE,
            &stack("", &grant("kms:Sign")),
            "`kms:Sign` is allowed on key `aws_kms_key.k`, whose usage is `ENCRYPT_DECRYPT`",
        );
        fires(
            &RULE,
            &stack(SIGNS, &grant("kms:Decrypt")),
            "whose usage is `SIGN_VERIFY`",
        );
        passes(&RULE, &stack(SIGNS, &grant("kms:Sign")));
        passes(&RULE, &stack(SIGNS, &grant("kms:DescribeKey")));
        passes(
            &RULE,
            &stack(r#""key_usage": "${var.usage}""#, &grant("kms:Sign")),
        );
    }
}
