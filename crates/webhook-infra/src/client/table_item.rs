//! What a table stores.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::kind::Table;

/// A table's struct, which is the type of its items.
#[diagnostic::on_unimplemented(
    message = "the items of `{Self}` have no type",
    label = "the key of this table is not a text or a number in its struct",
    note = "give the struct of the table a field for each part of its key, `#[hash_key] id: String`, with a text or a number as type; a table whose key are bytes, or whose key is given as an argument, needs the AWS SDK itself"
)]
pub trait TableItem: Table + Serialize + DeserializeOwned {
    /// The type of the partition key.
    type Hash: Serialize;
    /// The type of the sort key; `()` when there is none.
    type Range: Serialize;
    /// The attribute that is the partition key.
    const HASH: &'static str;
    /// The attribute that is the sort key; empty when there is none.
    const RANGE: &'static str;
}
