//! What a role is allowed, as far as the stack says all of it.

use super::lookup::{blocks, is_set, objects};
use super::policy::{Statement, policy, policy_of};
use super::transport_policy::is_merged;
use crate::document::BlockKind;
use crate::graph::Resource;
use crate::value::{Object, Value, ValueKind};

/// Every statement that allows a role something; `None` when a part of its policies is not known.
pub(super) fn allowed(role: Resource<'_>) -> Option<Vec<Statement>> {
    if is_set(role, "managed_policy_arns")
        || role
            .referrers("aws_iam_policy_attachment", "roles")
            .next()
            .is_some()
        || has_policy_of_who_knows(role)
    {
        return None;
    }
    let mut statements = Vec::new();
    for block in blocks(role, "inline_policy")? {
        let value = block.get("policy")?;
        let (document, found) = policy_of(role, value, value.origin)?;
        is_readable(document, role, value).then_some(())?;
        statements.extend(found);
    }
    for inline in role.referrers("aws_iam_role_policy", "role") {
        statements.extend(of(inline)?);
    }
    for attachment in role.referrers("aws_iam_role_policy_attachment", "role") {
        let attached = attachment.referred("policy_arn").filter(|policy| {
            policy.type_name() == "aws_iam_policy" && policy.block.kind == BlockKind::Resource
        })?;
        statements.extend(of(attached)?);
    }
    statements.retain(|statement| statement.allows);
    statements
        .iter()
        .all(|statement| statement.not_action.is_none())
        .then_some(statements)
}

/// Whether a policy is attached to a role that is named by something else than a reference.
fn has_policy_of_who_knows(role: Resource<'_>) -> bool {
    ["aws_iam_role_policy", "aws_iam_role_policy_attachment"]
        .into_iter()
        .flat_map(|type_name| role.graph.resources(type_name))
        .any(|policy| policy.referred("role").is_none())
}

fn of(resource: Resource<'_>) -> Option<Vec<Statement>> {
    let (document, statements) = policy(resource, "policy")?;
    is_readable(document, resource, resource.get("policy")?).then_some(statements)
}

/// Whether all statements, and all their actions, are written out.
fn is_readable(document: Resource<'_>, holder: Resource<'_>, value: &Value) -> bool {
    let is_written = |statements: Vec<&Object>, field: &str| {
        statements
            .iter()
            .all(|statement| statement.get(field).is_none_or(Value::is_literal))
    };
    if !document.is(holder) {
        return !is_merged(document)
            && blocks(document, "statement")
                .is_some_and(|statements| is_written(statements, "actions"));
    }
    match &value.kind {
        ValueKind::String(_) => true,
        _ => objects(value.get("Statement"))
            .is_some_and(|statements| is_written(statements, "Action")),
    }
}

/// Whether one of the statements allows an action on a resource, or may turn out to.
pub(super) fn allows(statements: &[Statement], action: &str, resource: Resource<'_>) -> bool {
    statements.iter().any(|statement| {
        statement
            .actions
            .iter()
            .any(|(pattern, _)| matches(pattern, action))
            && (statement.resources.is_empty()
                || statement
                    .resources
                    .iter()
                    .any(|(value, _)| covers(value, resource)))
    })
}

/// Whether IAM's pattern, in which `*` stands for any text, matches an action. Case does not matter.
fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| action.strip_prefix(first)) else {
        return false;
    };
    let mut is_open = false;
    for part in parts {
        is_open = true;
        match rest.find(part) {
            Some(place) => rest = &rest[place + part.len()..],
            None => return false,
        }
    }
    rest.is_empty() || is_open && pattern.ends_with('*')
}

/// Whether a statement's resource is about this one. Only a reference to another resource of the same
/// type is known not to be.
fn covers(value: &Value, resource: Resource<'_>) -> bool {
    let mut others = 0;
    let mut is_covered = false;
    value.walk(&mut |inner| {
        let Some(reference) = inner.as_reference() else {
            return;
        };
        match resource.graph.target(&reference.target) {
            Some(found) if found.is(resource) => is_covered = true,
            Some(found)
                if found.block.kind == BlockKind::Resource
                    && found.type_name() == resource.type_name() =>
            {
                others += 1;
            }
            _ => {}
        }
    });
    is_covered || others == 0
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_as_those_of_iam() {
        assert!(matches("sqs:SendMessage", "sqs:sendmessage"));
        assert!(matches("sqs:*", "sqs:SendMessage"));
        assert!(matches("*", "sqs:SendMessage"));
        assert!(matches("sqs:Send*", "sqs:SendMessage"));
        assert!(matches("sqs:*Message", "sqs:SendMessage"));
        assert!(!matches("sqs:Receive*", "sqs:SendMessage"));
        assert!(!matches("sqs:SendMessage", "sqs:SendMessageBatch"));
        assert!(!matches("sns:*", "sqs:SendMessage"));
    }
}
