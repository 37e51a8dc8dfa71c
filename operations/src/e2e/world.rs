//! The running stack, and what checks do with it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sqs::types::{Message, QueueAttributeName};
use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use http::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};

use super::ledger::{Ledger, is_event};
use super::report::ensure;
use super::senders::{Secrets, Webhook};
use crate::control::Control;
use crate::deployed::Deployed;
use crate::emulator::Options;
use crate::error::{Context, Error};
use crate::faults::FaultProxy;
use crate::http_client::{HttpClient, Signer};

/// How long a message stays hidden after it was received. The stack's five minutes would make failures last as long.
pub(super) const VISIBILITY: Duration = Duration::from_secs(10);
/// How long to wait for what should be there in a second.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// How many receives a message has before it is put aside.
pub(super) const MAX_RECEIVES: u32 = 3;

/// An item of the table.
pub(super) type Item = HashMap<String, AttributeValue>;

/// All that a check needs.
#[derive(Debug)]
pub(super) struct World {
    pub(super) stack: Deployed,
    /// What the functions take for AWS.
    pub(super) proxy: FaultProxy,
    pub(super) http: HttpClient,
    pub(super) control: Control,
    /// A user who may read statuses.
    pub(super) reader: Signer,
    pub(super) secrets: Secrets,
    /// Stands in every body, and must stand in no log.
    pub(super) marker: String,
    pub(super) seed: u64,
    pub(super) queue: String,
    pub(super) dead_letters: String,
    pub(super) table: String,
    pub(super) bucket: String,
    pub(super) sqs: aws_sdk_sqs::Client,
    pub(super) dynamodb: aws_sdk_dynamodb::Client,
    pub(super) s3: aws_sdk_s3::Client,
    ledger: Mutex<Ledger>,
    names: BTreeMap<&'static str, String>,
}

impl World {
    /// Starts the stack behind a proxy that fails nothing yet.
    pub(super) async fn start(seed: u64) -> Result<Self, Error> {
        let mut random = fastrand::Rng::with_seed(seed);
        let secrets = Secrets::new(&mut random);
        let marker = format!("marker-{:016x}{:016x}", random.u64(..), random.u64(..));
        let proxy = FaultProxy::start(seed).await?;
        let options = Options {
            permissions: true,
            functions_endpoint: Some(proxy.endpoint().to_owned()),
            ..Options::new("e2e")
        };
        let stack = tokio::task::spawn_blocking(move || Deployed::start(&options))
            .await
            .context(|| "starting the stack".to_owned())??;
        proxy.lead_to(stack.emulator.endpoint());
        stack.set_provider_secrets(&secrets.document()).await?;

        let http = HttpClient::new(Duration::from_mins(1));
        let control = Control::new(stack.emulator.endpoint(), http.clone());
        let reader = control
            .create_user(
                "reader",
                &json!({ "Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow",
                    "Action": "execute-api:Invoke",
                    "Resource": format!("arn:aws:execute-api:*:*:{}/*/GET/status/*", stack.outputs.api_id()?),
                }] }),
            )
            .await?;
        let text = |name: &str| stack.outputs.text(name).map(ToOwned::to_owned);
        let names = ["ingestion", "processing", "status"]
            .into_iter()
            .map(|function| {
                Ok((
                    function,
                    stack.outputs.member("function_names", function)?.to_owned(),
                ))
            })
            .collect::<Result<_, Error>>()?;
        let world = Self {
            queue: text("queue_url")?,
            dead_letters: text("dead_letter_queue_url")?,
            table: text("table_name")?,
            bucket: text("bucket_name")?,
            sqs: aws_sdk_sqs::Client::new(&stack.sdk),
            dynamodb: aws_sdk_dynamodb::Client::new(&stack.sdk),
            s3: aws_sdk_s3::Client::new(&stack.sdk),
            ledger: Mutex::default(),
            names,
            stack,
            proxy,
            http,
            control,
            reader,
            secrets,
            marker,
            seed,
        };
        world.set_visibility(VISIBILITY).await?;
        Ok(world)
    }

    /// What was accepted.
    pub(super) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name of a function in AWS.
    pub(super) fn function(&self, function: &str) -> &str {
        self.names.get(function).map_or("", String::as_str)
    }

    /// A body of a generic provider, with the marker in it.
    pub(super) fn body(&self, transaction: &str, event: &str) -> Value {
        json!({
            "transactionId": transaction,
            "eventId": event,
            "type": "payment.settled",
            "status": "settled",
            "timestamp": "2026-04-09T12:34:56Z",
            "note": self.marker,
        })
    }

    /// Sends a webhook once.
    pub(super) async fn post(&self, webhook: &Webhook) -> Result<Response<Bytes>, Error> {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}/webhook/{}", self.stack.api, webhook.provider));
        for (name, value) in &webhook.headers {
            request = request.header(name, value);
        }
        let request = request
            .body(Bytes::from(webhook.body.clone()))
            .context(|| "a webhook".to_owned())?;
        let answer = self.http.send(request).await?;
        if answer.status() == StatusCode::ACCEPTED {
            let told = json_of(&answer)?;
            self.ledger().accepted(webhook.provider, &told)?;
        }
        Ok(answer)
    }

    /// Sends a webhook that must be accepted.
    pub(super) async fn accepted(&self, webhook: &Webhook) -> Result<Value, Error> {
        let answer = self.post(webhook).await?;
        ensure(answer.status() == StatusCode::ACCEPTED, || {
            format!("{} instead of 202: {}", answer.status(), text_of(&answer))
        })?;
        json_of(&answer)
    }

    /// Sends a webhook that must be refused by a problem document of this name.
    pub(super) async fn refused(
        &self,
        webhook: &Webhook,
        status: u16,
        name: &str,
    ) -> Result<(), Error> {
        let answer = self.post(webhook).await?;
        is_problem(&answer, status, name)
    }

    /// Sends a webhook that must be refused, by the function or by API Gateway before it.
    pub(super) async fn refused_early(&self, webhook: &Webhook, status: u16) -> Result<(), Error> {
        let answer = self.post(webhook).await?;
        let said = || {
            format!(
                "{} {}: {}",
                answer.status(),
                header_of(&answer, "content-type"),
                text_of(&answer)
            )
        };
        ensure(answer.status().as_u16() == status, || {
            format!("{} instead of {status}", said())
        })?;
        ensure(
            header_of(&answer, "content-type").starts_with("application/problem+json"),
            || format!("{} instead of application/problem+json", said()),
        )?;
        let document = json_of(&answer)?;
        ensure(
            document["type"].is_string() && document["title"].is_string(),
            || format!("{}: no problem document", said()),
        )
    }

    /// Asks for the status of a transaction, as a user who may.
    pub(super) async fn status(&self, path: &str) -> Result<Response<Bytes>, Error> {
        let request = self.status_request(path)?;
        self.http
            .send(self.reader.sign("execute-api", request)?)
            .await
    }

    /// The question, not signed yet.
    pub(super) fn status_request(&self, path: &str) -> Result<Request<Bytes>, Error> {
        Request::builder()
            .uri(format!("{}/status/{path}", self.stack.api))
            .body(Bytes::new())
            .context(|| format!("the path {path}"))
    }

    /// The event items of a transaction.
    pub(super) async fn events(&self, transaction: &str) -> Result<Vec<Item>, Error> {
        let items = self.items(transaction).await?;
        Ok(items.into_iter().filter(is_event).collect())
    }

    /// All items of a transaction.
    pub(super) async fn items(&self, transaction: &str) -> Result<Vec<Item>, Error> {
        let found = self
            .dynamodb
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("transactionId = :transaction")
            .expression_attribute_values(":transaction", AttributeValue::S(transaction.to_owned()))
            .send()
            .await
            .context(|| format!("the items of {transaction}"))?;
        Ok(found.items.unwrap_or_default())
    }

    /// Waits until a transaction has so many events.
    pub(super) async fn stored(&self, transaction: &str, count: usize) -> Result<Vec<Item>, Error> {
        eventually(
            PATIENCE + VISIBILITY,
            &format!("{count} events of {transaction} in the table"),
            || async {
                let events = self.events(transaction).await?;
                Ok((events.len() == count).then_some(events))
            },
        )
        .await
    }

    /// How many messages wait or are being processed.
    pub(super) async fn backlog(&self) -> Result<usize, Error> {
        self.messages_in(&self.queue).await
    }

    /// How many messages a queue holds, whether they can be received now or not.
    async fn messages_in(&self, queue: &str) -> Result<usize, Error> {
        let waiting = QueueAttributeName::ApproximateNumberOfMessages;
        let received = QueueAttributeName::ApproximateNumberOfMessagesNotVisible;
        let answer = self
            .sqs
            .get_queue_attributes()
            .queue_url(queue)
            .attribute_names(waiting.clone())
            .attribute_names(received.clone())
            .send()
            .await
            .context(|| queue.to_owned())?;
        let count = |name| {
            answer
                .attributes()
                .and_then(|attributes| attributes.get(name)?.parse::<usize>().ok())
                .unwrap_or_default()
        };
        Ok(count(&waiting) + count(&received))
    }

    /// Waits until nothing waits or is being processed.
    pub(super) async fn drained(&self, patience: Duration) -> Result<(), Error> {
        eventually(patience, "the queue to be empty", || async {
            Ok((self.backlog().await? == 0).then_some(()))
        })
        .await
    }

    /// Sets how long a received message stays hidden.
    pub(super) async fn set_visibility(&self, timeout: Duration) -> Result<(), Error> {
        self.sqs
            .set_queue_attributes()
            .queue_url(&self.queue)
            .attributes(
                QueueAttributeName::VisibilityTimeout,
                timeout.as_secs().to_string(),
            )
            .send()
            .await
            .context(|| "the queue's visibility timeout".to_owned())?;
        Ok(())
    }

    /// All messages that were put aside. They stay where they are.
    pub(super) async fn put_aside(&self) -> Result<Vec<Message>, Error> {
        let mut found = BTreeMap::new();
        let deadline = Instant::now() + PATIENCE;
        while found.len() < self.messages_in(&self.dead_letters).await? {
            ensure(Instant::now() < deadline, || {
                format!(
                    "of the dead letters, only {} could be received",
                    found.len()
                )
            })?;
            let answer = self
                .sqs
                .receive_message()
                .queue_url(&self.dead_letters)
                .max_number_of_messages(10)
                // Long enough to see the others meanwhile.
                .visibility_timeout(2)
                .wait_time_seconds(1)
                .message_attribute_names("All")
                .send()
                .await
                .context(|| "the dead-letter queue".to_owned())?;
            for message in answer.messages.unwrap_or_default() {
                found.insert(message.message_id().unwrap_or_default().to_owned(), message);
            }
        }
        Ok(found.into_values().collect())
    }
}

/// Asks again until there is an answer.
pub(super) async fn eventually<T, F>(
    patience: Duration,
    what: &str,
    ask: impl Fn() -> F,
) -> Result<T, Error>
where
    F: Future<Output = Result<Option<T>, Error>>,
{
    let deadline = Instant::now() + patience;
    loop {
        if let Some(answer) = ask().await? {
            return Ok(answer);
        }
        ensure(Instant::now() < deadline, || {
            format!("waited {patience:?} in vain for {what}")
        })?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Does it so many times, so many at a time. The first error counts, after all are done.
pub(super) async fn concurrently<F>(
    times: usize,
    at_a_time: usize,
    task: impl Fn(usize) -> F,
) -> Result<(), Error>
where
    F: Future<Output = Result<(), Error>>,
{
    let outcomes = stream::iter((0..times).map(task)).buffer_unordered(at_a_time);
    outcomes
        .fold(Ok(()), async |first, outcome| first.and(outcome))
        .await
}

/// A text of an item.
pub(super) fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name)
        .and_then(|value| value.as_s().ok())
        .map_or("", String::as_str)
}

/// The body of an answer.
pub(super) fn text_of(answer: &Response<Bytes>) -> String {
    String::from_utf8_lossy(answer.body()).into_owned()
}

/// The body of an answer, as JSON.
pub(super) fn json_of(answer: &Response<Bytes>) -> Result<Value, Error> {
    serde_json::from_slice(answer.body())
        .context(|| format!("the answer is no JSON: {}", text_of(answer)))
}

/// A header of an answer.
pub(super) fn header_of<'a>(answer: &'a Response<Bytes>, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Whether an answer is the problem document of this name.
pub(super) fn is_problem(answer: &Response<Bytes>, status: u16, name: &str) -> Result<(), Error> {
    let said = || {
        format!(
            "{} {}: {}",
            answer.status(),
            header_of(answer, "content-type"),
            text_of(answer)
        )
    };
    ensure(answer.status().as_u16() == status, || {
        format!("{} instead of {status}", said())
    })?;
    ensure(
        header_of(answer, "content-type").starts_with("application/problem+json"),
        || format!("{} instead of application/problem+json", said()),
    )?;
    let document = json_of(answer)?;
    let wanted = format!("urn:webhook-processor:problem:{name}");
    ensure(document["type"] == *wanted, || {
        format!("{} instead of {wanted}", said())
    })?;
    ensure(document["status"] == status, || {
        format!("{}: its `status` is not {status}", said())
    })?;
    for member in ["title", "detail", "correlationId"] {
        ensure(
            document[member]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            || format!("{}: no `{member}`", said()),
        )?;
    }
    Ok(())
}
