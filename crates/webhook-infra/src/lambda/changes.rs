//! Functions that the stream of a table triggers.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_dynamo::Item;

use super::batch::Sequenced;
use crate::client::{Error as ClientError, TableItem};

const OPERATION: &str = "GetRecords";

/// What happened to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum ChangeKind {
    /// There was none of its key before.
    #[serde(rename = "INSERT")]
    Inserted,
    /// It was another one before.
    #[serde(rename = "MODIFY")]
    Modified,
    /// It is gone.
    #[serde(rename = "REMOVE")]
    Removed,
}

/// A change of an item.
#[derive(Deserialize)]
#[serde(from = "Entry", bound = "")]
pub struct Change<T> {
    /// What happened.
    pub kind: ChangeKind,
    /// DynamoDB's number of it, unique in its shard and rising.
    pub sequence_number: String,
    /// Whether the item was removed because its time to live was over.
    pub is_expired: bool,
    keys: Item,
    old: Option<Item>,
    new: Option<Item>,
    table: PhantomData<fn() -> T>,
}

impl<T: TableItem> Change<T> {
    /// The item as it was. `None` when there was none, and when the table's stream does not hold it.
    ///
    /// # Errors
    ///
    /// When it was of another form than the table's struct.
    pub fn old_item(&self) -> Result<Option<T>, ClientError> {
        self.old.clone().map(read).transpose()
    }

    /// The item as it is now. `None` when there is none any more, and when the table's stream does not hold it.
    ///
    /// # Errors
    ///
    /// When it is of another form than the table's struct.
    pub fn new_item(&self) -> Result<Option<T>, ClientError> {
        self.new.clone().map(read).transpose()
    }

    /// The partition key, which every stream holds.
    ///
    /// # Errors
    ///
    /// When it is of another type than in the table's struct.
    pub fn hash_key(&self) -> Result<T::Hash, ClientError>
    where
        T::Hash: DeserializeOwned,
    {
        self.key(T::HASH)
    }

    /// The sort key, which every stream holds.
    ///
    /// # Errors
    ///
    /// When it is of another type than in the table's struct, and when the table has none.
    pub fn range_key(&self) -> Result<T::Range, ClientError>
    where
        T::Range: DeserializeOwned,
    {
        self.key(T::RANGE)
    }

    fn key<K: DeserializeOwned>(&self, name: &str) -> Result<K, ClientError> {
        let value = self.keys.inner().get(name).cloned().ok_or_else(|| {
            let problem = format!("the change has no key `{name}`");
            ClientError::malformed(OPERATION, std::io::Error::other(problem))
        })?;
        serde_dynamo::from_attribute_value(value)
            .map_err(|error| ClientError::malformed(OPERATION, error))
    }

    /// A change as Lambda would hand it over, for tests: of nothing to an item, of one to another, or to nothing.
    ///
    /// # Errors
    ///
    /// When an item cannot be stored in the table.
    pub fn between(old: Option<&T>, new: Option<&T>) -> Result<Self, ClientError> {
        let item = |item: Option<&T>| {
            item.map(serde_dynamo::to_item::<_, Item>)
                .transpose()
                .map_err(|error| ClientError::malformed(OPERATION, error))
        };
        let (kind, some) = match (old, new) {
            (None, _) => (ChangeKind::Inserted, new),
            (Some(_), None) => (ChangeKind::Removed, old),
            (Some(_), Some(_)) => (ChangeKind::Modified, new),
        };
        let mut keys = item(some)?.unwrap_or_default();
        keys.inner_mut()
            .retain(|name, _| name == T::HASH || name == T::RANGE);
        Ok(Self {
            kind,
            sequence_number: "1".to_owned(),
            is_expired: false,
            keys,
            old: item(old)?,
            new: item(new)?,
            table: PhantomData,
        })
    }
}

fn read<T: DeserializeOwned>(item: Item) -> Result<T, ClientError> {
    serde_dynamo::from_item(item).map_err(|error| ClientError::malformed(OPERATION, error))
}

impl<T> Sequenced for Change<T> {
    fn sequence_number(&self) -> &str {
        &self.sequence_number
    }
}

impl<T> fmt::Debug for Change<T> {
    /// Without the item, which may be anybody's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change")
            .field("kind", &self.kind)
            .field("sequence_number", &self.sequence_number)
            .finish_non_exhaustive()
    }
}

/// Source: AWS Lambda Developer Guide, "Using AWS Lambda with Amazon DynamoDB", example event.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    event_name: ChangeKind,
    dynamodb: Images,
    user_identity: Option<Identity>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Images {
    #[serde(default)]
    keys: Item,
    old_image: Option<Item>,
    new_image: Option<Item>,
    sequence_number: String,
}

/// Who made the change, which is said of DynamoDB itself only.
///
/// Source: Amazon DynamoDB Developer Guide, "DynamoDB Streams and Time to Live".
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    #[serde(default)]
    principal_id: String,
}

impl<T> From<Entry> for Change<T> {
    fn from(entry: Entry) -> Self {
        let Images {
            keys,
            old_image,
            new_image,
            sequence_number,
        } = entry.dynamodb;
        Self {
            kind: entry.event_name,
            sequence_number,
            is_expired: entry
                .user_identity
                .is_some_and(|identity| identity.principal_id == "dynamodb.amazonaws.com"),
            keys,
            old: old_image,
            new: new_image,
            table: PhantomData,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::batch::Batch;
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Article {
        id: u32,
        message: String,
    }

    #[test]
    fn items_come_in_the_form_of_the_table() {
        let event = serde_json::json!({ "Records": [
            {
                "eventID": "1", "eventVersion": "1.0", "eventName": "MODIFY", "eventSource": "aws:dynamodb",
                "awsRegion": "us-east-2", "eventSourceARN": "arn:aws:dynamodb:us-east-2:123456789012:table/t/stream/s",
                "dynamodb": {
                    "Keys": { "id": { "N": "101" } },
                    "OldImage": { "id": { "N": "101" }, "message": { "S": "old" } },
                    "NewImage": { "id": { "N": "101" }, "message": { "S": "new" }, "more": { "L": [{ "BOOL": true }] } },
                    "ApproximateCreationDateTime": 1_428_537_600, "SequenceNumber": "111", "SizeBytes": 26,
                    "StreamViewType": "NEW_AND_OLD_IMAGES",
                },
            },
            {
                "eventName": "REMOVE",
                "dynamodb": { "Keys": { "id": { "N": "7" } }, "SequenceNumber": "112" },
                "userIdentity": { "type": "Service", "principalId": "dynamodb.amazonaws.com" },
            },
        ] });
        let batch: Batch<Change<Article>> = serde_json::from_value(event).unwrap();
        let [modified, expired] = &batch.records[..] else {
            panic!("there are two");
        };
        assert_eq!(modified.kind, ChangeKind::Modified);
        assert_eq!(modified.sequence_number, "111");
        assert!(!modified.is_expired);
        let of = |item: &Option<Item>| item.clone().map(|item| read::<Article>(item).unwrap());
        let article = |message: &str| Article {
            id: 101,
            message: message.to_owned(),
        };
        assert_eq!(of(&modified.old), Some(article("old")));
        assert_eq!(of(&modified.new), Some(article("new")));
        assert!(!format!("{modified:?}").contains("101"));
        assert_eq!(expired.kind, ChangeKind::Removed);
        assert!(expired.is_expired);
        assert_eq!((of(&expired.old), of(&expired.new)), (None, None));
        assert!(expired.keys.inner().contains_key("id"));
        assert!(read::<Article>(expired.keys.clone()).is_err());
    }
}
