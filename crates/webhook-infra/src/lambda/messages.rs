//! Functions that a queue triggers.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde::Deserialize;

use super::Invocation;
use super::batch::{BatchItemFailure, BatchResponse, LAST_MOMENT, LEAST_TIME};
use crate::client::Carrier;

/// A function that a queue triggers, with partial batch responses.
pub trait HandlesMessages: Sized {
    /// The queue.
    type Queue: Carrier;

    /// Handles every message, until Lambda ends the process. A message whose handler fails comes back
    /// alone, and reaches the dead-letter queue when it has failed often enough; the others of its batch
    /// are done. Of a FIFO queue the messages of one group are handled one after the other, and when one
    /// fails those behind it in its group come back with it, in their order.
    ///
    /// The handler says in its own log why it failed; here the reason has no use.
    ///
    /// # Errors
    ///
    /// When Lambda cannot be reached.
    fn serve_messages<H, F, X>(
        batching: Batching,
        handler: H,
    ) -> impl Future<Output = Result<(), Error>>
    where
        H: Fn(Message<Self::Queue>, Invocation) -> F,
        F: Future<Output = Result<(), X>>,
    {
        async move {
            let handler = &handler;
            run(service_fn(move |event: LambdaEvent<Batch>| async move {
                let invocation = Invocation::from(&event.context);
                Ok::<_, Error>(handle(batching, event.payload, &invocation, handler).await)
            }))
            .await
        }
    }
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
struct Batch {
    #[serde(rename = "Records", default)]
    records: Vec<Record>,
}

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
    batch: Batch,
    invocation: &Invocation,
    handler: &H,
) -> BatchResponse
where
    H: Fn(Message<Q>, Invocation) -> F,
    F: Future<Output = Result<(), X>>,
{
    // A function whose whole time is short would never begin.
    let least_time = batching.least_time.min(invocation.remaining() / 2);
    let failures = stream::iter(in_groups(batch.records))
        .map(|group| async move {
            let mut group = group.into_iter();
            for record in group.by_ref() {
                let id = record.message_id.clone();
                let is_done = invocation.remaining() > least_time && {
                    let work = handler(record.into(), invocation.clone());
                    let time = invocation.remaining().saturating_sub(batching.last_moment);
                    matches!(tokio::time::timeout(time, work).await, Ok(Ok(())))
                };
                if !is_done {
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
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::SystemTime;

    use super::*;

    struct Numbers;

    impl Carrier for Numbers {
        type Message = u32;
        fn encode(message: &u32) -> Result<String, serde_json::Error> {
            serde_json::to_string(message)
        }
        fn decode(text: &str) -> Result<u32, serde_json::Error> {
            serde_json::from_str(text)
        }
    }

    fn batch(bodies: &[&str]) -> Batch {
        let records = bodies.iter().enumerate().map(|(number, body)| {
            serde_json::json!({
                "messageId": format!("m{number}"),
                "receiptHandle": "r",
                "body": body,
                "attributes": { "ApproximateReceiveCount": "2", "SentTimestamp": "1545082649183" },
                "messageAttributes": {
                    "correlationId": { "stringValue": "c1", "dataType": "String", "stringListValues": [] },
                    "bytes": { "binaryValue": "AAAA", "dataType": "Binary" },
                },
                "md5OfBody": "x", "eventSource": "aws:sqs", "awsRegion": "us-east-1",
                "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:jobs",
            })
        });
        let event = serde_json::json!({ "Records": records.collect::<Vec<_>>() });
        serde_json::from_value(event).unwrap()
    }

    fn within(time: Duration) -> Invocation {
        Invocation {
            request_id: "r".to_owned(),
            deadline: SystemTime::now() + time,
        }
    }

    fn failed(response: &BatchResponse) -> Vec<&str> {
        let mut ids = response
            .batch_item_failures
            .iter()
            .map(|failure| failure.item_identifier.as_str())
            .collect::<Vec<_>>();
        ids.sort_unstable();
        ids
    }

    #[tokio::test]
    async fn guarantee_20_exactly_the_messages_that_failed_come_back() {
        let bodies = ["0", "1", "bad", "3", "4", "5", "6", "7", "8", "9"];
        let invocation = within(Duration::from_secs(50));
        let response = handle(
            Batching::default(),
            batch(&bodies),
            &invocation,
            &|message: Message<Numbers>, _| async move {
                assert_eq!(message.receives, 2);
                assert_eq!(message.attributes["correlationId"], "c1");
                assert_eq!(message.attributes.len(), 1);
                let number = message.read().map_err(|error| error.to_string())?;
                if number % 4 == 0 {
                    Err("no".to_owned())
                } else {
                    Ok(())
                }
            },
        )
        .await;
        assert_eq!(failed(&response), ["m0", "m2", "m4", "m8"]);
        assert_eq!(
            serde_json::to_value(BatchResponse::default()).unwrap(),
            serde_json::json!({ "batchItemFailures": [] })
        );
        let json = serde_json::to_value(&response).unwrap();
        assert!(json["batchItemFailures"][0]["itemIdentifier"].is_string());
    }

    #[tokio::test]
    async fn nothing_is_begun_when_little_time_is_left() {
        let begun = AtomicUsize::new(0);
        let invocation = within(Duration::from_millis(600));
        let batching = Batching {
            concurrency: 1,
            last_moment: Duration::ZERO,
            ..Batching::default()
        };
        let response = handle(
            batching,
            batch(&["1", "2", "3"]),
            &invocation,
            &|_: Message<Numbers>, _| {
                begun.fetch_add(1, Ordering::Relaxed);
                async {
                    tokio::time::sleep(Duration::from_millis(350)).await;
                    Ok::<_, ()>(())
                }
            },
        )
        .await;
        assert_eq!(failed(&response), ["m1", "m2"]);
        assert_eq!(begun.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_function_with_little_time_does_begin() {
        let invocation = within(Duration::from_secs(3));
        let response = handle(
            Batching::default(),
            batch(&["1", "2"]),
            &invocation,
            &|_: Message<Numbers>, _| async { Ok::<_, ()>(()) },
        )
        .await;
        assert!(response.batch_item_failures.is_empty());
    }

    #[tokio::test]
    async fn what_takes_too_long_comes_back_and_the_rest_is_done() {
        let batching = Batching {
            least_time: Duration::ZERO,
            last_moment: Duration::from_millis(50),
            ..Batching::default()
        };
        let invocation = within(Duration::from_millis(150));
        let response = handle(
            batching,
            batch(&["1", "2"]),
            &invocation,
            &|message: Message<Numbers>, _| async move {
                if message.id == "m1" {
                    tokio::time::sleep(Duration::from_secs(60)).await;
                }
                Ok::<_, ()>(())
            },
        )
        .await;
        assert_eq!(failed(&response), ["m1"]);
    }

    #[tokio::test]
    async fn no_more_messages_are_worked_on_at_once_than_asked_for() {
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let batching = Batching {
            concurrency: 3,
            ..Batching::default()
        };
        let invocation = within(Duration::from_secs(50));
        let response = handle(
            batching,
            batch(&["1"; 10]),
            &invocation,
            &|_: Message<Numbers>, _| async {
                let now = running.fetch_add(1, Ordering::Relaxed) + 1;
                most.fetch_max(now, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(5)).await;
                running.fetch_sub(1, Ordering::Relaxed);
                Ok::<_, ()>(())
            },
        )
        .await;
        assert!(response.batch_item_failures.is_empty());
        assert_eq!(most.load(Ordering::Relaxed), 3);
    }

    #[tokio::test]
    async fn a_group_of_a_fifo_queue_stays_in_order() {
        let mut records = batch(&["1", "2", "3", "4", "5", "6", "7"]).records;
        for (record, group) in records.iter_mut().zip(["a", "b", "a", "b", "a", "c", "b"]) {
            let group = group.to_owned();
            record.attributes.insert("MessageGroupId".to_owned(), group);
            record.queue_arn.push_str(".fifo");
        }
        let done = std::sync::Mutex::new(Vec::new());
        let response = handle(
            Batching::default(),
            Batch { records },
            &within(Duration::from_secs(50)),
            &|message: Message<Numbers>, _| {
                let done = &done;
                async move {
                    let number = message.read().unwrap();
                    // The first of a group takes the longest.
                    tokio::time::sleep(Duration::from_millis(u64::from(20 - 2 * number))).await;
                    if number == 4 {
                        return Err("no");
                    }
                    done.lock().unwrap().push(number);
                    Ok(())
                }
            },
        )
        .await;
        // A group of another queue says nothing about order.
        let fair = batch(&["1"]).records.into_iter().map(|mut record| {
            let group = "a".to_owned();
            record.attributes.insert("MessageGroupId".to_owned(), group);
            record
        });
        assert_eq!(
            fair.filter_map(|record| record.group().map(str::to_owned))
                .count(),
            0
        );
        // Of the group `b` the second fails, and the third is not begun.
        assert_eq!(failed(&response), ["m3", "m6"]);
        let done = done.lock().unwrap();
        let order_of_a = done.iter().filter(|number| [1, 3, 5].contains(*number));
        assert_eq!(order_of_a.collect::<Vec<_>>(), [&1, &3, &5]);
        assert_eq!(done.len(), 5);
    }

    #[test]
    fn a_message_is_shown_without_its_text() {
        let message = Message::<Numbers>::new("m1", "secret");
        assert!(!format!("{message:?}").contains("secret"));
    }
}
