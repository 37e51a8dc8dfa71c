//! Functions that a bucket triggers.

use std::fmt;
use std::future::Future;

use lambda_runtime::{Diagnostic, Error};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Deserializer};

use super::Invocation;
use super::batch::Batch;
use super::invocation::serve;

/// A function that a bucket triggers.
pub trait HandlesObjects: Sized {
    /// Handles what happened to every object, until Lambda ends the process. When a handler fails Lambda takes the
    /// error down and tries again, twice unless the stack says otherwise (`retries`); then the event goes where the
    /// stack says (`on_failure`), or is lost.
    ///
    /// # Errors
    ///
    /// When Lambda cannot be reached.
    fn serve_objects<H, F, X>(handler: H) -> impl Future<Output = Result<(), Error>>
    where
        H: Fn(ObjectEvent, Invocation) -> F,
        F: Future<Output = Result<(), X>>,
        X: Into<Diagnostic> + fmt::Debug,
    {
        async move {
            let handler = &handler;
            serve(move |batch: Batch<Entry>, invocation| async move {
                for entry in batch.records {
                    handler(entry.into(), invocation.clone()).await?;
                }
                Ok::<_, X>(())
            })
            .await
        }
    }
}

/// What happened to an object. S3 tells of it at least once, and not always in order.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        let batch: Batch<Entry> = serde_json::from_value(event).unwrap();
        let events = batch.records.into_iter().map(ObjectEvent::from);
        assert_eq!(
            events.collect::<Vec<_>>(),
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
