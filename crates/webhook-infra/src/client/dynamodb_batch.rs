//! `BatchGetItem` and `BatchWriteItem`: many items, in as few requests as DynamoDB allows.

use std::time::Duration;

use aws_sdk_dynamodb::types::{DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};

use super::dynamodb::{Attributes, from_attributes, key, to_attributes};
use super::{Error, ErrorKind, TableItem};
use crate::capability::{BatchGetItem, BatchWriteItem};
use crate::kind::Table;

const GET: &str = "BatchGetItem";
const WRITE: &str = "BatchWriteItem";
/// Source: Amazon DynamoDB API Reference, "`BatchGetItem`" and "`BatchWriteItem`".
const MOST_KEYS: usize = 100;
const MOST_WRITES: usize = 25;
/// How often what DynamoDB has left undone is asked for again.
const ROUNDS: u32 = 8;

impl<T: Table> BatchGetItem<T> {
    /// Reads the items of these keys, in no order; of a key without an item there is none. For a table
    /// without a sort key, the second of each is `()`.
    ///
    /// # Errors
    ///
    /// When DynamoDB did not answer, or left some undone however often it was asked ([`ErrorKind::Throttled`]).
    pub async fn get_all(&self, keys: &[(T::Hash, T::Range)]) -> Result<Vec<T>, Error>
    where
        T: TableItem,
    {
        let table = self.held.place(GET)?;
        let mut items = Vec::with_capacity(keys.len());
        for keys in keys.chunks(MOST_KEYS) {
            let mut open = keys
                .iter()
                .map(|(hash, range)| key::<T>(GET, hash, range))
                .collect::<Result<Vec<_>, _>>()?;
            for round in 0..ROUNDS {
                pause(round).await;
                let wanted = KeysAndAttributes::builder().set_keys(Some(open)).build();
                let wanted = wanted.map_err(|error| Error::malformed(GET, error))?;
                let answer = self.held.client().batch_get_item();
                let answer = answer.request_items(table, wanted).send().await;
                let answer = answer.map_err(|error| Error::sdk(GET, error))?;
                for item in answer
                    .responses
                    .into_iter()
                    .flatten()
                    .flat_map(|(_, all)| all)
                {
                    items.push(from_attributes(GET, item)?);
                }
                let undone = answer.unprocessed_keys.unwrap_or_default();
                open = undone.into_values().flat_map(|keys| keys.keys).collect();
                if open.is_empty() {
                    break;
                }
            }
            all_done(GET, open.len())?;
        }
        Ok(items)
    }
}

impl<T: Table> BatchWriteItem<T> {
    /// Writes items, in place of those that may be there. Each key may come once.
    ///
    /// # Errors
    ///
    /// When DynamoDB did not answer, or left some undone however often it was asked ([`ErrorKind::Throttled`]):
    /// then some are written.
    pub async fn put_all(&self, items: &[T]) -> Result<(), Error>
    where
        T: TableItem,
    {
        let write = |item: Attributes| {
            let put = PutRequest::builder().set_item(Some(item)).build();
            put.map(|put| WriteRequest::builder().put_request(put).build())
        };
        let items = items.iter().map(|item| to_attributes(WRITE, item));
        self.write_all(items, write).await
    }

    /// Deletes the items of these keys. Each may come once.
    ///
    /// # Errors
    ///
    /// As [`put_all`](Self::put_all).
    pub async fn delete_all(&self, keys: &[(T::Hash, T::Range)]) -> Result<(), Error>
    where
        T: TableItem,
    {
        let write = |key: Attributes| {
            let delete = DeleteRequest::builder().set_key(Some(key)).build();
            delete.map(|delete| WriteRequest::builder().delete_request(delete).build())
        };
        let keys = keys
            .iter()
            .map(|(hash, range)| key::<T>(WRITE, hash, range));
        self.write_all(keys, write).await
    }

    async fn write_all<E: std::error::Error + Send + Sync + 'static>(
        &self,
        all: impl Iterator<Item = Result<Attributes, Error>>,
        write: impl Fn(Attributes) -> Result<WriteRequest, E>,
    ) -> Result<(), Error>
    where
        T: TableItem,
    {
        let table = self.held.place(WRITE)?;
        let writes = all
            .map(|attributes| write(attributes?).map_err(|error| Error::malformed(WRITE, error)))
            .collect::<Result<Vec<_>, _>>()?;
        for writes in writes.chunks(MOST_WRITES) {
            let mut open = writes.to_vec();
            for round in 0..ROUNDS {
                pause(round).await;
                let answer = self.held.client().batch_write_item();
                let answer = answer.request_items(table, open).send().await;
                let answer = answer.map_err(|error| Error::sdk(WRITE, error))?;
                let undone = answer.unprocessed_items.unwrap_or_default();
                open = undone.into_values().flatten().collect();
                if open.is_empty() {
                    break;
                }
            }
            all_done(WRITE, open.len())?;
        }
        Ok(())
    }
}

fn all_done(operation: &'static str, undone: usize) -> Result<(), Error> {
    if undone == 0 {
        return Ok(());
    }
    Err(Error::new(
        operation,
        ErrorKind::Throttled,
        format!("DynamoDB has left {undone} undone, however often it was asked"),
    ))
}

/// Longer each time, as the API's reference asks for: 0, 50, 100, 200 ms, …
async fn pause(round: u32) {
    if round > 0 {
        tokio::time::sleep(Duration::from_millis(25 << round)).await;
    }
}
