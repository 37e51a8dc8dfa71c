//! Functions that a queue triggers.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use lambda_runtime::Error;
use serde::Deserialize;

use super::Invocation;
use super::batch::{
    Batch, BatchItemFailure, BatchResponse, LAST_MOMENT, LEAST_TIME, is_done, least_time,
};
use super::invocation::serve;
use crate::client::Carrier;

/// Handles every message, until Lambda ends the process.
pub(super) async fn serve_all<Q, H, F, X>(batching: Batching, handler: H) -> Result<(), Error>
where
    Q: Carrier,
    H: Fn(Message<Q>, Invocation) -> F,
    F: Future<Output = Result<(), X>>,
{
    let handler = &handler;
    serve(move |batch, invocation| async move {
        Ok::<_, Error>(handle(batching, batch, &invocation, handler).await)
    })
    .await
}

/// How the messages of a batch are worked on.
#[derive(Clone, Copy, Debug)]
pub struct Batching {
    /// How many at once; of a FIFO queue, how many groups. Default: 5.
    pub concurrency: usize,
    /// With less time left than this, and less than half of what there was, no message is begun: it comes back, and
    /// is begun by another invocation. Default: 5 s.
    pub least_time: Duration,
    /// A message that is still worked on when this little time is left is given up, so that Lambda hears
    /// of those that are done. Default: 0.5 s.
    pub last_moment: Duration,
}

impl Default for Batching {
    fn default() -> Self {
        Self {
            concurrency: 5,
            least_time: LEAST_TIME,
            last_moment: LAST_MOMENT,
        }
    }
}

/// A message of a queue.
pub struct Message<Q> {
    /// SQS's id of it.
    pub id: String,
    /// The text of its body.
    pub text: String,
    /// The texts beside it.
    pub attributes: BTreeMap<String, String>,
    /// How often it was received, this time included.
    pub receives: u32,
    queue: PhantomData<fn() -> Q>,
}

impl<Q: Carrier> Message<Q> {
    /// What the message says. When this fails the handler should fail, too: then the message ends up in
    /// the dead-letter queue as it is.
    ///
    /// # Errors
    ///
    /// When it is of another form than the queue's messages.
    pub fn read(&self) -> Result<Q::Message, serde_json::Error> {
        Q::decode(&self.text)
    }

    /// A message as Lambda would hand it over, for tests.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            text: text.into(),
            attributes: BTreeMap::new(),
            receives: 1,
            queue: PhantomData,
        }
    }
}

impl<Q> fmt::Debug for Message<Q> {
    /// Without the text, which may be anybody's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .field("receives", &self.receives)
            .finish_non_exhaustive()
    }
}

/// Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS", example event.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    message_id: String,
    #[serde(rename = "eventSourceARN", default)]
    queue_arn: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    #[serde(default)]
    message_attributes: BTreeMap<String, MessageAttribute>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MessageAttribute {
    string_value: Option<String>,
}

async fn handle<Q, H, F, X>(
    batching: Batching,
    batch: Batch<Record>,
    invocation: &Invocation,
    handler: &H,
) -> BatchResponse
where
    H: Fn(Message<Q>, Invocation) -> F,
    F: Future<Output = Result<(), X>>,
{
    let least_time = least_time(batching.least_time, invocation);
    let failures = stream::iter(in_groups(batch.records))
        .map(|group| async move {
            let mut group = group.into_iter();
            for record in group.by_ref() {
                let id = record.message_id.clone();
                let work = || handler(record.into(), invocation.clone());
                if !is_done(work, invocation, least_time, batching.last_moment).await {
                    return std::iter::once(id)
                        .chain(group.map(|record| record.message_id))
                        .collect();
                }
            }
            Vec::new()
        })
        .buffer_unordered(batching.concurrency.max(1))
        .flat_map(stream::iter)
        .map(|item_identifier| BatchItemFailure { item_identifier });
    BatchResponse {
        batch_item_failures: failures.collect().await,
    }
}

/// What is done one after the other: the messages of one group of a FIFO queue, and of any other queue each alone.
fn in_groups(records: Vec<Record>) -> Vec<Vec<Record>> {
    let mut groups = Vec::<Vec<Record>>::new();
    for record in records {
        let same = record.group().and_then(|group| {
            groups
                .iter_mut()
                .find(|records| records[0].group() == Some(group))
        });
        match same {
            Some(records) => records.push(record),
            None => groups.push(vec![record]),
        }
    }
    groups
}

impl Record {
    /// Other queues have groups, too, which say nothing about order: those of fair queues.
    ///
    /// Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS", example FIFO queue event, and Amazon SQS
    /// Developer Guide, "Amazon SQS fair queues".
    fn group(&self) -> Option<&str> {
        self.queue_arn.strip_suffix(".fifo")?;
        self.attributes.get("MessageGroupId").map(String::as_str)
    }
}

impl<Q> From<Record> for Message<Q> {
    fn from(record: Record) -> Self {
        let receives = record
            .attributes
            .get("ApproximateReceiveCount")
            .and_then(|count| count.parse().ok());
        let attributes = record
            .message_attributes
            .into_iter()
            .filter_map(|(name, attribute)| Some((name, attribute.string_value?)));
        Self {
            id: record.message_id,
            text: record.body,
            attributes: attributes.collect(),
            receives: receives.unwrap_or(1),
            queue: PhantomData,
        }
    }
}

#[cfg(test)]
mod tests;
