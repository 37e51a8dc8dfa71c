//! `Query`: the items of one partition, in the order of their sort key, page by page.

use std::collections::HashMap;
use std::marker::PhantomData;

use aws_sdk_dynamodb::types::AttributeValue;
use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;

use super::dynamodb::{Attributes, attribute, from_attributes, some};
use super::{Error, ErrorKind, TableItem};
use crate::capability::Query;
use crate::kind::Table;

const OPERATION: &str = "Query";

impl<T: Table> Query<T> {
    /// Asks for the items of a partition; the request goes out with its `page`.
    pub fn partition(&self, hash: &T::Hash) -> QueryRequest<'_, T>
    where
        T: TableItem,
    {
        QueryRequest {
            table: self,
            hash: attribute(OPERATION, hash),
            range: Ok(None),
            is_newest_first: false,
            is_consistent: false,
            limit: None,
            after: None,
            marker: PhantomData,
        }
    }
}

type Range = (&'static str, Vec<AttributeValue>);

/// A question for the items of a partition.
#[must_use = "it is not asked before `page` is called"]
pub struct QueryRequest<'a, T: TableItem> {
    table: &'a Query<T>,
    hash: Result<AttributeValue, Error>,
    range: Result<Option<Range>, Error>,
    is_newest_first: bool,
    is_consistent: bool,
    limit: Option<i32>,
    after: Option<String>,
    marker: PhantomData<fn() -> T>,
}

/// Some items of a partition.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items, in order.
    pub items: Vec<T>,
    /// Where the next page starts, for [`QueryRequest::after`]; `None` on the last page.
    pub next: Option<String>,
}

impl<T: TableItem> Page<T> {
    pub(super) fn of(
        operation: &'static str,
        items: Option<Vec<Attributes>>,
        last: Option<Attributes>,
    ) -> Result<Self, Error> {
        let items = items.unwrap_or_default().into_iter();
        Ok(Self {
            items: items
                .map(|item| from_attributes(operation, item))
                .collect::<Result<_, _>>()?,
            next: last.map(token_of).transpose()?,
        })
    }
}

impl<T: TableItem> QueryRequest<'_, T> {
    /// From the greatest sort key down.
    pub fn newest_first(mut self) -> Self {
        self.is_newest_first = true;
        self
    }

    /// Sees every write that was confirmed before, for twice the price.
    pub fn consistent(mut self) -> Self {
        self.is_consistent = true;
        self
    }

    /// At most so many items on the page.
    pub fn limit(mut self, items: u16) -> Self {
        self.limit = Some(items.into());
        self
    }

    /// Goes on where the page before has ended.
    pub fn after(mut self, next: Option<impl Into<String>>) -> Self {
        self.after = next.map(Into::into);
        self
    }

    /// Only items whose sort key is less than this.
    pub fn before(self, range: &T::Range) -> Self {
        self.range("#range < :first", &[range])
    }

    /// Only items whose sort key is between the two, or one of them.
    pub fn between(self, first: &T::Range, last: &T::Range) -> Self {
        self.range("#range BETWEEN :first AND :last", &[first, last])
    }

    /// Only items whose sort key starts with this.
    pub fn starting_with(self, prefix: &T::Range) -> Self {
        self.range("begins_with(#range, :first)", &[prefix])
    }

    fn range(mut self, expression: &'static str, values: &[impl Serialize]) -> Self {
        let values = values
            .iter()
            .map(|value| attribute(OPERATION, value))
            .collect::<Result<Vec<_>, _>>();
        self.range = values.map(|values| Some((expression, values)));
        self
    }

    /// Asks.
    ///
    /// # Errors
    ///
    /// When `after` is no page of this question ([`ErrorKind::Invalid`]), DynamoDB did not answer, or an item
    /// is of another form than `T`.
    pub async fn page(self) -> Result<Page<T>, Error> {
        let held = &self.table.held;
        let hash = self.hash?;
        let start = self.after.as_deref().map(key_of).transpose()?;
        if start
            .as_ref()
            .is_some_and(|key| key.get(T::HASH) != Some(&hash))
        {
            return Err(no_page());
        }
        let mut condition = "#hash = :hash".to_owned();
        let mut names = HashMap::from([("#hash".to_owned(), T::HASH.to_owned())]);
        let mut values = HashMap::from([(":hash".to_owned(), hash)]);
        if let Some((expression, bounds)) = self.range? {
            condition = format!("{condition} AND {expression}");
            names.insert("#range".to_owned(), T::RANGE.to_owned());
            for (name, value) in [":first", ":last"].into_iter().zip(bounds) {
                values.insert(name.to_owned(), value);
            }
        }
        let answer = held
            .client()
            .query()
            .table_name(held.place(OPERATION)?)
            .key_condition_expression(condition)
            .set_expression_attribute_names(some(names))
            .set_expression_attribute_values(some(values))
            .scan_index_forward(!self.is_newest_first)
            .consistent_read(self.is_consistent)
            .set_limit(self.limit)
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Page::of(OPERATION, answer.items, answer.last_evaluated_key)
    }
}

/// A key as a text that can stand in a URL.
fn token_of(key: Attributes) -> Result<String, Error> {
    let key: serde_json::Value = from_attributes(OPERATION, key)?;
    Ok(BASE64URL_NOPAD.encode(key.to_string().as_bytes()))
}

fn no_page() -> Error {
    Error::new(
        OPERATION,
        ErrorKind::Invalid,
        "`after` names no page of this question",
    )
}

pub(super) fn key_of(token: &str) -> Result<Attributes, Error> {
    let json = BASE64URL_NOPAD
        .decode(token.as_bytes())
        .map_err(|_| no_page())?;
    let key: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&json).map_err(|_| no_page())?;
    serde_dynamo::to_item(key).map_err(|_| no_page())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_a_text_and_found_by_it() {
        let key = Attributes::from([
            ("id".to_owned(), AttributeValue::S("tx-1".to_owned())),
            ("at".to_owned(), AttributeValue::N("42".to_owned())),
        ]);
        let token = token_of(key.clone()).unwrap();
        assert!(
            token
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
        );
        assert_eq!(key_of(&token).unwrap(), key);
        for token in ["", "!", "e30x", "W10"] {
            assert_eq!(key_of(token).unwrap_err().kind(), ErrorKind::Invalid);
        }
    }
}
