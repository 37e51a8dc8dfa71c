//! `PutRecord` and `PutRecords`: records of the type that the stack says.

use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::PutRecordsRequestEntry;

use super::{Carrier, Error};
use crate::capability::{PutRecord, PutRecords};
use crate::kind::Stream;

/// Source: Amazon Kinesis Data Streams API Reference, "`PutRecords`".
const MOST_RECORDS: usize = 500;

impl<S: Stream + Carrier> PutRecord<S> {
    /// Writes a record, and gives its number in the shard. Records of one partition key stay in order; at
    /// most 1 MiB each.
    ///
    /// # Errors
    ///
    /// When Kinesis did not take it.
    pub async fn put(&self, partition_key: &str, record: &S::Message) -> Result<String, Error> {
        const OPERATION: &str = "PutRecord";
        let text = S::encode(record).map_err(|error| Error::malformed(OPERATION, error))?;
        let answer = self
            .held
            .client()
            .put_record()
            .stream_name(self.held.place(OPERATION)?)
            .partition_key(partition_key)
            .data(Blob::new(text))
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(answer.sequence_number)
    }
}

impl<S: Stream + Carrier> PutRecords<S> {
    /// Writes any number of records, each with its partition key, and gives the places of those that Kinesis
    /// did not take.
    ///
    /// # Errors
    ///
    /// When a request failed as a whole; those before it are written.
    pub async fn put_all(&self, records: &[(&str, S::Message)]) -> Result<Vec<usize>, Error> {
        const OPERATION: &str = "PutRecords";
        let entries = records
            .iter()
            .map(|(partition_key, record)| {
                let text = S::encode(record).map_err(|error| Error::malformed(OPERATION, error))?;
                PutRecordsRequestEntry::builder()
                    .partition_key(*partition_key)
                    .data(Blob::new(text))
                    .build()
                    .map_err(|error| Error::malformed(OPERATION, error))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut refused = Vec::new();
        for (request, entries) in entries.chunks(MOST_RECORDS).enumerate() {
            let answer = self
                .held
                .client()
                .put_records()
                .stream_name(self.held.place(OPERATION)?)
                .set_records(Some(entries.to_vec()))
                .send()
                .await
                .map_err(|error| Error::sdk(OPERATION, error))?;
            let results = answer.records.into_iter().enumerate();
            refused.extend(
                results
                    .filter(|(_, result)| result.error_code.is_some())
                    .map(|(place, _)| request * MOST_RECORDS + place),
            );
        }
        Ok(refused)
    }
}
