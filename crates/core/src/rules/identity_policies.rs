//! What the stack's identity policies allow: the common ground of the `iam_…` rules.

use std::collections::HashSet;

use super::policy::{Statement, policy};
use crate::document::{BlockKind, Origin};
use crate::graph::{Graph, Resource};
use crate::value::{Object, Value};

/// Where Terraform keeps policies that are attached to an identity. Policies of resources are not here:
/// `kms:*` for the account's root, for one, is AWS's own default in a key policy.
const POLICIES: [(&str, &str); 5] = [
    ("aws_iam_role_policy", "policy"),
    ("aws_iam_policy", "policy"),
    ("aws_iam_user_policy", "policy"),
    ("aws_iam_group_policy", "policy"),
    ("aws_iam_role", "inline_policy.policy"),
];

/// An `Allow` statement.
pub(super) struct Grant<'g> {
    /// The block it is written in.
    pub(super) block: Resource<'g>,
    /// What it allows.
    pub(super) statement: Statement,
    /// The list of what it does not allow, when it is written the wrong way round (`NotAction`).
    pub(super) not_action: Option<Origin>,
}

/// Every `Allow` statement, once, however many resources refer to its `aws_iam_policy_document`.
pub(super) fn grants<'g>(graph: &'g Graph<'g>) -> Vec<Grant<'g>> {
    let mut seen = HashSet::new();
    let mut grants = Vec::new();
    for (type_name, path) in POLICIES {
        for resource in graph.resources(type_name) {
            let Some((block, statements)) = policy(resource, path) else {
                continue;
            };
            let is_document = block.block.kind == BlockKind::Data;
            if is_document && !seen.insert(block.block.address().as_str().to_owned()) {
                continue;
            }
            let not_actions = not_actions(block, path, is_document);
            let not_actions = not_actions.into_iter().chain(std::iter::repeat(None));
            grants.extend(
                statements
                    .into_iter()
                    .zip(not_actions)
                    .filter(|(statement, _)| statement.allows)
                    .map(|(statement, not_action)| Grant {
                        block,
                        statement,
                        not_action,
                    }),
            );
        }
    }
    grants
}

/// For each statement of a policy, where its `NotAction` stands.
fn not_actions(block: Resource<'_>, path: &str, is_document: bool) -> Vec<Option<Origin>> {
    let fallback = block.origin_of(path);
    let find = |statements: Option<&Value>, name: &str| {
        let place = |object: &Object| {
            let (key, value) = object.entry(name)?;
            Some(value.origin.or(key.origin).or(fallback))
        };
        let statements = statements.map(Value::objects).unwrap_or_default();
        statements.into_iter().map(place).collect()
    };
    if is_document {
        return find(block.get("statement"), "not_actions");
    }
    match block.text(path) {
        Some(text) => in_text(text)
            .into_iter()
            .map(|is_there| is_there.then_some(fallback))
            .collect(),
        None => find(
            block.get(path).and_then(|value| value.get("Statement")),
            "NotAction",
        ),
    }
}

/// The same for a policy that is JSON text.
fn in_text(text: &str) -> Vec<bool> {
    let policy: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    match policy.get("Statement") {
        Some(serde_json::Value::Array(statements)) => statements
            .iter()
            .filter(|statement| statement.is_object())
            .map(|statement| statement.get("NotAction").is_some())
            .collect(),
        Some(statement) => vec![statement.get("NotAction").is_some()],
        None => Vec::new(),
    }
}

/// Names for a message: "`a`, `b`".
pub(super) fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
