//! Policies that refuse requests without TLS.

use super::lookup::{blocks, is_set, objects};
use super::policy::{Statement, policy};
use crate::graph::Resource;
use crate::value::ValueKind;

/// The statements of the policy at `path` that refuse requests without TLS; `None` when the policy
/// cannot be read to the end before `terraform apply`.
pub(super) fn tls_statements(resource: Resource<'_>, path: &str) -> Option<Vec<Statement>> {
    let (document, statements) = policy(resource, path)?;
    let is_readable = if document.is(resource) {
        let value = resource.get(path)?;
        matches!(value.kind, ValueKind::String(_)) || objects(value.get("Statement")).is_some()
    } else {
        blocks(document, "statement").is_some() && !is_merged(document)
    };
    is_readable.then(|| {
        statements
            .into_iter()
            .filter(Statement::denies_insecure_transport)
            .collect()
    })
}

/// Whether an `aws_iam_policy_document` takes statements from other documents.
pub(super) fn is_merged(document: Resource<'_>) -> bool {
    [
        "source_policy_documents",
        "override_policy_documents",
        "source_json",
        "override_json",
    ]
    .into_iter()
    .any(|path| is_set(document, path))
}
