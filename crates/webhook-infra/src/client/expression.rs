//! Conditions and changes, in DynamoDB's language.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use super::Error;

/// An expression, and what its placeholders stand for.
///
/// Source: Amazon DynamoDB Developer Guide, "Condition expressions" and "Update expressions".
#[derive(Clone, Debug, Default)]
pub struct Expression {
    pub(super) text: String,
    pub(super) names: HashMap<String, String>,
    pub(super) values: HashMap<String, AttributeValue>,
}

impl Expression {
    /// A condition such as `"#version < :version"`, or a change such as `"SET #version = :version"`.
    pub fn new(expression: impl Into<String>) -> Self {
        Self {
            text: expression.into(),
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
            .map_err(|error| Error::malformed("Expression", error))?;
        self.values.insert(placeholder.into(), value);
        Ok(self)
    }
}
