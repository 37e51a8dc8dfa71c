//! What the stack's identity policies allow: the common ground of the `iam_…` rules.

use std::collections::HashSet;

use super::policy::{Statement, policy, policy_of};
use crate::document::BlockKind;
use crate::graph::{Graph, Resource};
use crate::value::Value;

/// Where Terraform keeps policies that are attached to an identity. Policies of resources are not here:
/// `kms:*` for the account's root, for one, is AWS's own default in a key policy.
const POLICIES: [&str; 4] = [
    "aws_iam_role_policy",
    "aws_iam_policy",
    "aws_iam_user_policy",
    "aws_iam_group_policy",
];

/// An `Allow` statement.
pub(super) struct Grant<'g> {
    /// The block it is written in.
    pub(super) block: Resource<'g>,
    /// What it allows.
    pub(super) statement: Statement,
}

/// Every `Allow` statement, once, however many resources refer to its `aws_iam_policy_document`.
pub(super) fn grants<'g>(graph: &'g Graph<'g>) -> Vec<Grant<'g>> {
    let attached = POLICIES
        .iter()
        .flat_map(|type_name| graph.resources(type_name))
        .filter_map(|resource| policy(resource, "policy"));
    let inline = graph.resources("aws_iam_role").flat_map(|role| {
        let blocks = role
            .get("inline_policy")
            .map(Value::objects)
            .unwrap_or_default();
        blocks.into_iter().filter_map(move |block| {
            let (key, value) = block.entry("policy")?;
            let fallback = value
                .origin
                .or(key.origin)
                .or(role.origin_of("inline_policy"));
            policy_of(role, value, fallback)
        })
    });
    let mut seen = HashSet::new();
    let mut grants = Vec::new();
    for (block, statements) in attached.chain(inline) {
        let is_document = block.block.kind == BlockKind::Data;
        if is_document && !seen.insert(block.block.address()) {
            continue;
        }
        let allowing = statements.into_iter().filter(|statement| statement.allows);
        grants.extend(allowing.map(|statement| Grant { block, statement }));
    }
    grants
}

/// Names for a message: "`a`, `b`".
pub(super) fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
