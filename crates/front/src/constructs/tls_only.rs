//! The statement that refuses requests without TLS, for resources that have policies of their own.

use webhook_infra_core::{Object, Value};

use crate::context::key;

/// `Deny action on resources when aws:SecureTransport is false`.
pub(super) fn statement(action: &str, resources: Vec<Value>) -> Object {
    Object::new()
        .with("sid", "DenyInsecureTransport")
        .with("effect", "Deny")
        .with("actions", vec![Value::from(action)])
        .with("resources", resources)
        .with(
            "principals",
            vec![
                Object::new()
                    .with("type", "*")
                    .with("identifiers", vec!["*".into()])
                    .into(),
            ],
        )
        .with(
            "condition",
            vec![condition(
                "Bool",
                "aws:SecureTransport",
                vec!["false".into()],
            )],
        )
}

/// A `condition` block.
pub(super) fn condition(test: &str, variable: &str, values: Vec<Value>) -> Value {
    Object::new()
        .with("test", test)
        .with(key("variable"), variable)
        .with("values", values)
        .into()
}

/// A `principals` block with one AWS service.
pub(super) fn service(name: &str) -> Value {
    Object::new()
        .with("type", "Service")
        .with("identifiers", vec![name.into()])
        .into()
}
