//! Functions that a bucket triggers.

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Deserializer};

/// What happened to an object. S3 tells of it at least once, and not always in order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Entry")]
pub struct ObjectEvent {
    /// What happened, as in `ObjectCreated:Put`.
    pub name: String,
    /// The name of the bucket.
    pub bucket: String,
    /// The object's key, decoded: S3 writes it as in the query of a URL, a space as `+`.
    pub key: String,
    /// Its size in bytes; 0 when it is gone.
    pub size: u64,
    /// Its entity tag, when it is there.
    pub e_tag: Option<String>,
    /// Its version, in a bucket that keeps versions.
    pub version_id: Option<String>,
    /// Of two events of one key the later one has the greater value, compared as hexadecimal numbers of the same
    /// length (fill the shorter one up with zeros at its left).
    pub sequencer: Option<String>,
}

/// Source: Amazon S3 User Guide, "Event message structure".
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    event_name: String,
    s3: Entity,
}

#[derive(Deserialize)]
struct Entity {
    bucket: Bucket,
    object: Object,
}

#[derive(Deserialize)]
struct Bucket {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Object {
    #[serde(deserialize_with = "decoded")]
    key: String,
    #[serde(default)]
    size: u64,
    e_tag: Option<String>,
    version_id: Option<String>,
    sequencer: Option<String>,
}

fn decoded<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let key = String::deserialize(deserializer)?.replace('+', " ");
    let key = percent_decode_str(&key).decode_utf8();
    key.map(std::borrow::Cow::into_owned)
        .map_err(serde::de::Error::custom)
}

impl From<Entry> for ObjectEvent {
    fn from(entry: Entry) -> Self {
        let Object {
            key,
            size,
            e_tag,
            version_id,
            sequencer,
        } = entry.s3.object;
        Self {
            name: entry.event_name,
            bucket: entry.s3.bucket.name,
            key,
            size,
            e_tag,
            version_id,
            sequencer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::batch::Batch;
    use super::*;

    #[test]
    fn the_key_is_decoded() {
        let event = serde_json::json!({ "Records": [{
            "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-2",
            "eventTime": "2019-09-03T19:37:27.192Z", "eventName": "ObjectCreated:Put",
            "userIdentity": { "principalId": "AWS:A" }, "requestParameters": { "sourceIPAddress": "205.255.255.255" },
            "s3": {
                "s3SchemaVersion": "1.0", "configurationId": "828aa6fc",
                "bucket": { "name": "uploads", "ownerIdentity": { "principalId": "A" }, "arn": "arn:aws:s3:::uploads" },
                "object": { "key": "in/one+two%2Bthree%C3%BC.json", "size": 7, "eTag": "d41d", "sequencer": "0C0F6F405D6ED209E1" },
            },
        }] });
        let batch: Batch<ObjectEvent> = serde_json::from_value(event).unwrap();
        assert_eq!(
            batch.records,
            [ObjectEvent {
                name: "ObjectCreated:Put".into(),
                bucket: "uploads".into(),
                key: "in/one two+threeü.json".into(),
                size: 7,
                e_tag: Some("d41d".into()),
                version_id: None,
                sequencer: Some("0C0F6F405D6ED209E1".into()),
            }]
        );
    }
}
