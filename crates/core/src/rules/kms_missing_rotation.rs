//! A key's material is replaced once in a while.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "kms_missing_rotation",
    summary: "a symmetric key is rotated automatically",
    explanation: "With rotation KMS replaces a key's material every year and keeps the old material for what it has \
        encrypted, so nothing else has to change. Without it one leak opens everything that was ever encrypted. \
        Asymmetric keys, HMAC keys and keys in a custom key store cannot be rotated this way.",
    severity: Severity::Deny,
    source: "AWS Key Management Service Developer Guide, \"Rotate AWS KMS keys\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for key in graph
        .resources("aws_kms_key")
        .filter(|key| can_rotate(*key))
    {
        let is_rotated = key
            .get("enable_key_rotation")
            .is_some_and(|value| value.as_bool() != Some(false));
        if !is_rotated {
            findings
                .at(
                    key,
                    key.origin_of("enable_key_rotation"),
                    format!("{} is never rotated", key.describe()),
                )
                .because("the same key material encrypts everything for as long as the key exists")
                .help("write `enable_key_rotation = true` (Terraform: the same)");
        }
    }
}

/// Whether KMS can rotate the key, and that is known.
fn can_rotate(key: Resource<'_>) -> bool {
    let is_default = |argument: &str, default: &str| {
        key.get(argument)
            .is_none_or(|value| value.as_str() == Some(default))
    };
    is_default("customer_master_key_spec", "SYMMETRIC_DEFAULT")
        && is_default("key_usage", "ENCRYPT_DECRYPT")
        && key.get("custom_key_store_id").is_none()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(body: &str) -> String {
        format!(r#"{{"resource": {{"aws_kms_key": {{"k": {{"description": "k"{body}}}}}}}}}"#)
    }

    #[test]
    fn a_symmetric_key_needs_rotation() {
        fires(&RULE, &stack(""), "key `aws_kms_key.k` is never rotated");
        fires(
            &RULE,
            &stack(r#", "enable_key_rotation": false"#),
            "never rotated",
        );
        fires(
            &RULE,
            &stack(r#", "customer_master_key_spec": "SYMMETRIC_DEFAULT""#),
            "never rotated",
        );
        passes(&RULE, &stack(r#", "enable_key_rotation": true"#));
        passes(&RULE, &stack(r#", "enable_key_rotation": "${var.rotate}""#));
    }

    #[test]
    fn other_keys_cannot_be_rotated() {
        passes(&RULE, &stack(r#", "customer_master_key_spec": "RSA_2048""#));
        passes(&RULE, &stack(r#", "key_usage": "GENERATE_VERIFY_MAC""#));
        passes(&RULE, &stack(r#", "custom_key_store_id": "cks-1""#));
        passes(
            &RULE,
            &stack(r#", "customer_master_key_spec": "${var.spec}""#),
        );
    }
}
