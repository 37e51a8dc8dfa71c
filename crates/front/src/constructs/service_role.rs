//! The role that an AWS service takes on, with one policy of its own.

use webhook_infra_core::{Object, Target, Value};

use super::tls_only;
use crate::context::{Context, attribute};

/// The statement of a trust policy: this service, under these conditions.
pub(super) fn assumed_by(service: &str, conditions: Vec<Value>) -> Object {
    let statement = Object::new()
        .with("effect", "Allow")
        .with("actions", vec!["sts:AssumeRole".into()])
        .with("principals", vec![tls_only::service(service)]);
    if conditions.is_empty() {
        return statement;
    }
    statement.with("condition", conditions)
}

/// The role, and its policy unless there is nothing to allow.
pub(super) fn with_policy<S: Into<Value>>(
    context: &mut Context<'_>,
    id: &str,
    name: &Value,
    assume: Value,
    statements: Vec<S>,
) -> Target {
    let role = context.resource(
        "aws_iam_role",
        id,
        Object::new()
            .with("name", name.clone())
            .with("assume_role_policy", assume),
    );
    // IAM takes no policy without statements.
    if statements.is_empty() {
        return role;
    }
    let policy = context.policy(id, statements);
    context.resource(
        "aws_iam_role_policy",
        id,
        Object::new()
            .with("name", name.clone())
            .with("role", attribute(&role, "id"))
            .with("policy", policy),
    );
    role
}
