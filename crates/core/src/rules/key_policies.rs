//! Which services may use the key that encrypts a queue or topic.

use super::lookup::is_resource;
use super::policy::{Statement, policy};
use crate::document::BlockKind;
use crate::graph::Resource;

/// What a service needs of a key to write to what it encrypts.
const NEEDED: [&str; 2] = ["kms:Decrypt", "kms:GenerateDataKey"];

const ARGUMENT: &str = "kms_master_key_id";

/// Why a service cannot write to a queue or topic: what keeps it out of the key.
pub(super) fn obstacle(encrypted: Resource<'_>, service: &str) -> Option<String> {
    if let Some(name) = managed(encrypted) {
        return Some(format!("`{name}`"));
    }
    let key = key(encrypted)?;
    (!allows(key, service)).then(|| key.describe())
}

/// The alias of the AWS managed key, by its name or through `aws_kms_alias`.
fn managed(encrypted: Resource<'_>) -> Option<&str> {
    let is_managed = |name: &&str| name.starts_with("alias/aws/");
    if let Some(key) = encrypted.text(ARGUMENT) {
        let alias = &key[key.find("alias/").unwrap_or(0)..];
        return Some(alias).filter(is_managed);
    }
    let alias = encrypted.referred(ARGUMENT)?;
    (alias.type_name() == "aws_kms_alias")
        .then(|| alias.text("name").filter(is_managed))
        .flatten()
}

/// The stack's own key.
fn key(encrypted: Resource<'_>) -> Option<Resource<'_>> {
    let mut key = encrypted.referred(ARGUMENT)?;
    if is_resource(key, "aws_kms_alias") {
        key = key.referred("target_key_id")?;
    }
    is_resource(key, "aws_kms_key").then_some(key)
}

/// Whether the key's policy lets the service use it, or may turn out to.
fn allows(key: Resource<'_>, service: &str) -> bool {
    let separate = key.referrers("aws_kms_key_policy", "key_id").next();
    let Some(holder) = separate.or_else(|| key.get("policy").map(|_| key)) else {
        // The default policy knows the account's own principals only.
        return false;
    };
    let Some((document, statements)) = policy(holder, "policy") else {
        return true;
    };
    let is_open = document.block.kind == BlockKind::Data
        && [
            "source_policy_documents",
            "override_policy_documents",
            "dynamic",
        ]
        .iter()
        .any(|argument| document.get(argument).is_some());
    is_open
        || NEEDED.iter().all(|action| {
            statements
                .iter()
                .any(|statement| grants(statement, action, service))
        })
}

fn grants(statement: &Statement, action: &str, service: &str) -> bool {
    let meets = statement.principals.iter().any(|(kind, names)| {
        kind == "*"
            || names.iter().any(|name| match name.as_str() {
                Some("*") => true,
                Some(name) => kind == "Service" && name == service,
                None => kind == "Service",
            })
    });
    statement.allows
        && meets
        && statement.actions.iter().any(|(allowed, _)| {
            allowed == action
                || allowed
                    .strip_suffix('*')
                    .is_some_and(|start| action.starts_with(start))
        })
}
