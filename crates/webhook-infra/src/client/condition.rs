//! Conditions of writes.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use super::Error;

/// What has to hold of the item that is there, for a write to happen.
///
/// Source: Amazon DynamoDB Developer Guide, "Condition expressions".
#[derive(Clone, Debug, Default)]
pub struct Condition {
    pub(super) expression: String,
    pub(super) names: HashMap<String, String>,
    pub(super) values: HashMap<String, AttributeValue>,
}

impl Condition {
    /// An expression in DynamoDB's language: `"#version < :version"`.
    pub fn new(expression: impl Into<String>) -> Self {
        Self {
            expression: expression.into(),
            ..Self::default()
        }
    }

    /// What a placeholder such as `#version` stands for: the name of an attribute.
    #[must_use]
    pub fn name(mut self, placeholder: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.names.insert(placeholder.into(), attribute.into());
        self
    }

    /// What a placeholder such as `:version` stands for.
    ///
    /// # Errors
    ///
    /// When DynamoDB has no form for the value.
    pub fn value(
        mut self,
        placeholder: impl Into<String>,
        value: impl Serialize,
    ) -> Result<Self, Error> {
        let value = serde_dynamo::to_attribute_value(value)
            .map_err(|error| Error::malformed("Condition", error))?;
        self.values.insert(placeholder.into(), value);
        Ok(self)
    }
}
