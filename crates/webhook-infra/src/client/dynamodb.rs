//! The capabilities on tables, whose items are of the stack's own type.

use std::collections::HashMap;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Error, Expression, TableItem};
use crate::capability::{DeleteItem, GetItem, PutItem};
use crate::kind::Table;

const PUT: &str = "PutItem";

pub(super) type Attributes = HashMap<String, AttributeValue>;

/// What became of an item that was to be written under a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "the item may not have been written"]
pub enum Put<T> {
    /// It was written.
    Done,
    /// The condition did not hold, of the item that is there.
    Refused(Option<T>),
}

impl<T: Table> PutItem<T> {
    /// Writes an item, in place of the one that may be there.
    ///
    /// # Errors
    ///
    /// When the item is over 400 KB (Amazon DynamoDB Developer Guide, "Quotas"), or DynamoDB did not take it.
    pub async fn put(&self, item: &T) -> Result<(), Error>
    where
        T: TableItem,
    {
        self.request(item)?
            .send()
            .await
            .map_err(|error| Error::sdk(PUT, error))?;
        Ok(())
    }

    /// Writes an item when there is none of its key; else says which one there is.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub async fn put_new(&self, item: &T) -> Result<Put<T>, Error>
    where
        T: TableItem,
    {
        let absent = Expression::new("attribute_not_exists(#hash)").name("#hash", T::HASH);
        self.put_if(item, absent).await
    }

    /// Writes an item when the condition holds of the one that is there; else says which one that is.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub async fn put_if(&self, item: &T, condition: Expression) -> Result<Put<T>, Error>
    where
        T: TableItem,
    {
        let sent = self
            .request(item)?
            .condition_expression(condition.text)
            .set_expression_attribute_names(some(condition.names))
            .set_expression_attribute_values(some(condition.values))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        match sent {
            Ok(_) => Ok(Put::Done),
            Err(SdkError::ServiceError(error)) if is_refused(error.err()) => {
                match error.into_err() {
                    PutItemError::ConditionalCheckFailedException(refusal) => {
                        let item = refusal.item.map(|item| from_attributes(PUT, item));
                        Ok(Put::Refused(item.transpose()?))
                    }
                    _ => Ok(Put::Refused(None)),
                }
            }
            Err(error) => Err(Error::sdk(PUT, error)),
        }
    }

    fn request(
        &self,
        item: &T,
    ) -> Result<aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder, Error>
    where
        T: TableItem,
    {
        Ok(self
            .held
            .client()
            .put_item()
            .table_name(self.held.place(PUT)?)
            .set_item(Some(to_attributes(PUT, item)?)))
    }
}

fn is_refused(error: &PutItemError) -> bool {
    matches!(error, PutItemError::ConditionalCheckFailedException(_))
}

impl<T: Table> GetItem<T> {
    /// Reads the item of a key; `None` when there is none. For a table without a sort key, `range` is `()`.
    ///
    /// A consistent read sees every write that was confirmed before, for twice the price.
    ///
    /// # Errors
    ///
    /// When DynamoDB did not answer, or the item is of another form than `T`.
    pub async fn get(
        &self,
        hash: &T::Hash,
        range: &T::Range,
        is_consistent: bool,
    ) -> Result<Option<T>, Error>
    where
        T: TableItem,
    {
        const OPERATION: &str = "GetItem";
        let answer = self
            .held
            .client()
            .get_item()
            .table_name(self.held.place(OPERATION)?)
            .set_key(Some(key::<T>(OPERATION, hash, range)?))
            .consistent_read(is_consistent)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        answer
            .item
            .map(|item| from_attributes(OPERATION, item))
            .transpose()
    }
}

impl<T: Table> DeleteItem<T> {
    /// Deletes the item of a key; none there is no error. For a table without a sort key, `range` is `()`.
    ///
    /// # Errors
    ///
    /// When DynamoDB did not answer.
    pub async fn delete(&self, hash: &T::Hash, range: &T::Range) -> Result<(), Error>
    where
        T: TableItem,
    {
        const OPERATION: &str = "DeleteItem";
        self.held
            .client()
            .delete_item()
            .table_name(self.held.place(OPERATION)?)
            .set_key(Some(key::<T>(OPERATION, hash, range)?))
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(())
    }
}

pub(super) fn key<T: TableItem>(
    operation: &'static str,
    hash: &T::Hash,
    range: &T::Range,
) -> Result<Attributes, Error> {
    let mut key = Attributes::new();
    key.insert(T::HASH.to_owned(), attribute(operation, hash)?);
    if !T::RANGE.is_empty() {
        key.insert(T::RANGE.to_owned(), attribute(operation, range)?);
    }
    Ok(key)
}

pub(super) fn attribute(
    operation: &'static str,
    value: impl Serialize,
) -> Result<AttributeValue, Error> {
    serde_dynamo::to_attribute_value(value).map_err(|error| Error::malformed(operation, error))
}

/// An item as attributes. What is `None` is left out, and not stored as a null.
pub(super) fn to_attributes(
    operation: &'static str,
    item: &impl Serialize,
) -> Result<Attributes, Error> {
    let mut attributes: Attributes =
        serde_dynamo::to_item(item).map_err(|error| Error::malformed(operation, error))?;
    attributes.retain(|_, value| !matches!(value, AttributeValue::Null(_)));
    Ok(attributes)
}

pub(super) fn from_attributes<T: DeserializeOwned>(
    operation: &'static str,
    attributes: Attributes,
) -> Result<T, Error> {
    serde_dynamo::from_item(attributes).map_err(|error| Error::malformed(operation, error))
}

pub(super) fn some<K, V>(map: HashMap<K, V>) -> Option<HashMap<K, V>> {
    Some(map).filter(|map| !map.is_empty())
}
