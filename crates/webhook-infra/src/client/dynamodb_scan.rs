//! `Scan`: all items of a table, page by page.

use super::Error;
use super::TableItem;
use super::dynamodb_query::{Page, key_of};
use crate::capability::Scan;
use crate::kind::Table;

const OPERATION: &str = "Scan";

impl<T: Table> Scan<T> {
    /// Up to `limit` items, in no order, after the page whose `next` this is. Everything that is read is
    /// paid for.
    ///
    /// # Errors
    ///
    /// When `after` names no page ([`ErrorKind::Invalid`](super::ErrorKind::Invalid)), DynamoDB did not answer, or an
    /// item is of another form than `T`.
    pub async fn page(&self, limit: u16, after: Option<&str>) -> Result<Page<T>, Error>
    where
        T: TableItem,
    {
        let answer = self
            .held
            .client()
            .scan()
            .table_name(self.held.place(OPERATION)?)
            .limit(limit.max(1).into())
            .set_exclusive_start_key(after.map(key_of).transpose()?)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Page::of(OPERATION, answer.items, answer.last_evaluated_key)
    }
}
