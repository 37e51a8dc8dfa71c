//! `UpdateItem`: changes of single attributes.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use serde::Serialize;

use super::dynamodb::{TableItem, attribute, from_attributes, key, some};
use super::{Error, ErrorKind};
use crate::capability::UpdateItem;

const OPERATION: &str = "UpdateItem";

/// What to change, in DynamoDB's language.
///
/// Source: Amazon DynamoDB Developer Guide, "Update expressions".
#[derive(Clone, Debug, Default)]
pub struct Update {
    expression: String,
    condition: Option<String>,
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
}

impl Update {
    /// An expression such as `"SET #status = :status ADD #count :one"`.
    pub fn new(expression: impl Into<String>) -> Self {
        Self {
            expression: expression.into(),
            ..Self::default()
        }
    }

    /// What has to hold of the item that is there: `"attribute_exists(#status)"`.
    #[must_use]
    pub fn only_if(mut self, condition: impl Into<String>) -> Self {
        self.condition = Some(condition.into());
        self
    }

    /// What a placeholder such as `#status` stands for: the name of an attribute.
    #[must_use]
    pub fn name(mut self, placeholder: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.names.insert(placeholder.into(), attribute.into());
        self
    }

    /// What a placeholder such as `:status` stands for.
    ///
    /// # Errors
    ///
    /// When DynamoDB has no form for the value.
    pub fn value(
        mut self,
        placeholder: impl Into<String>,
        value: impl Serialize,
    ) -> Result<Self, Error> {
        let value = attribute(OPERATION, value)?;
        self.values.insert(placeholder.into(), value);
        Ok(self)
    }
}

impl<T: TableItem> UpdateItem<T> {
    /// Changes the item of a key, which is made when there is none, and gives the item as it is then. For a
    /// table without a sort key, `range` is `()`.
    ///
    /// # Errors
    ///
    /// When the condition does not hold ([`ErrorKind::ConditionFailed`]), or DynamoDB did not take it.
    pub async fn update(
        &self,
        hash: &T::Hash,
        range: &T::Range,
        update: Update,
    ) -> Result<T, Error> {
        let answer = self
            .held
            .client
            .update_item()
            .table_name(self.held.place(OPERATION)?)
            .set_key(Some(key::<T>(OPERATION, hash, range)?))
            .update_expression(update.expression)
            .set_condition_expression(update.condition)
            .set_expression_attribute_names(some(update.names))
            .set_expression_attribute_values(some(update.values))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::None)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        let item = answer
            .attributes
            .ok_or_else(|| Error::new(OPERATION, ErrorKind::Other, "DynamoDB has sent no item"))?;
        from_attributes(OPERATION, item)
    }
}
