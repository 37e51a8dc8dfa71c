//! What a table stores.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::kind::Table;

/// A table's struct, which is the type of its items.
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
