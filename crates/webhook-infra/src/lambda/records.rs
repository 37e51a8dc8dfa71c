//! Functions that a Kinesis stream triggers.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer};

use super::batch::Sequenced;
use crate::client::Carrier;

/// A record of a stream.
#[derive(Deserialize)]
#[serde(from = "Entry", bound = "")]
pub struct Record<S> {
    /// What chose its shard: records of one key are in order.
    pub partition_key: String,
    /// Kinesis's number of it, unique in its shard and rising.
    pub sequence_number: String,
    /// Its bytes, decoded. What the Kinesis Producer Library has put together into one record is not taken apart.
    pub data: Vec<u8>,
    stream: PhantomData<fn() -> S>,
}

impl<S: Carrier> Record<S> {
    /// What the record says. When this fails the handler should fail, too, unless the record is to be skipped.
    ///
    /// # Errors
    ///
    /// When it is of another form than the stream's messages.
    pub fn read(&self) -> Result<S::Message, serde_json::Error> {
        let text = std::str::from_utf8(&self.data).map_err(serde::de::Error::custom)?;
        S::decode(text)
    }

    /// A record as Lambda would hand it over, for tests.
    pub fn new(sequence_number: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        Self {
            partition_key: String::new(),
            sequence_number: sequence_number.into(),
            data: data.into(),
            stream: PhantomData,
        }
    }
}

impl<S> Sequenced for Record<S> {
    fn sequence_number(&self) -> &str {
        &self.sequence_number
    }
}

impl<S> fmt::Debug for Record<S> {
    /// Without the data, which may be anybody's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("partition_key", &self.partition_key)
            .field("sequence_number", &self.sequence_number)
            .finish_non_exhaustive()
    }
}

/// Source: AWS Lambda Developer Guide, "Using Lambda to process records from Amazon Kinesis Data Streams", example
/// event.
#[derive(Deserialize)]
struct Entry {
    kinesis: Raw,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    partition_key: String,
    sequence_number: String,
    #[serde(deserialize_with = "base64")]
    data: Vec<u8>,
}

fn base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    data_encoding::BASE64
        .decode(text.as_bytes())
        .map_err(serde::de::Error::custom)
}

impl<S> From<Entry> for Record<S> {
    fn from(entry: Entry) -> Self {
        let Raw {
            partition_key,
            sequence_number,
            data,
        } = entry.kinesis;
        Self {
            partition_key,
            sequence_number,
            data,
            stream: PhantomData,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::batch::Batch;
    use super::super::numbers::Numbers;
    use super::*;

    #[test]
    fn a_record_is_decoded() {
        let event = serde_json::json!({ "Records": [{
            "kinesis": {
                "kinesisSchemaVersion": "1.0", "partitionKey": "customer-7",
                "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
                "data": "NDI=", "approximateArrivalTimestamp": 1_545_084_650.987,
            },
            "eventSource": "aws:kinesis", "eventVersion": "1.0", "eventName": "aws:kinesis:record",
            "eventID": "shardId-000000000006:4959", "awsRegion": "us-east-2",
        }] });
        let batch: Batch<Record<Numbers>> = serde_json::from_value(event).unwrap();
        let record = &batch.records[0];
        assert_eq!(record.partition_key, "customer-7");
        assert!(record.sequence_number.starts_with("4959"));
        assert_eq!(record.data, b"42");
        assert_eq!(record.read().unwrap(), 42);
        assert!(!format!("{record:?}").contains("42,"));
        assert!(
            Record::<Numbers>::new("1", b"\xff".to_vec())
                .read()
                .is_err()
        );
    }
}
