//! `UpdateItem`: changes of single attributes.

use aws_sdk_dynamodb::types::ReturnValue;

use super::dynamodb::{from_attributes, key, some};
use super::{Error, ErrorKind, Expression, TableItem};
use crate::capability::UpdateItem;
use crate::kind::Table;

const OPERATION: &str = "UpdateItem";

impl<T: Table> UpdateItem<T> {
    /// Changes the item of a key, which is made when there is none, and gives the item as it is then. The
    /// condition, if any, has to hold of the item that is there, and has the same placeholders as the change.
    /// For a table without a sort key, `range` is `()`.
    ///
    /// # Errors
    ///
    /// When the condition does not hold ([`ErrorKind::ConditionFailed`]), or DynamoDB did not take it.
    pub async fn update(
        &self,
        hash: &T::Hash,
        range: &T::Range,
        change: Expression,
        condition: Option<&str>,
    ) -> Result<T, Error>
    where
        T: TableItem,
    {
        let answer = self
            .held
            .client()
            .update_item()
            .table_name(self.held.place(OPERATION)?)
            .set_key(Some(key::<T>(OPERATION, hash, range)?))
            .update_expression(change.text)
            .set_condition_expression(condition.map(str::to_owned))
            .set_expression_attribute_names(some(change.names))
            .set_expression_attribute_values(some(change.values))
            .return_values(ReturnValue::AllNew)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        let item = answer
            .attributes
            .ok_or_else(|| Error::new(OPERATION, ErrorKind::Other, "DynamoDB has sent no item"))?;
        from_attributes(OPERATION, item)
    }
}
