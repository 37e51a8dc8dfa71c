//! What is in the queue is archived and stored, each event once, whatever comes twice, late or in parts.
//!
//! Three writes, each of which may be done again without harm: the payload to the archive (only if it is not
//! there), a marker of the event's id (only if there is none), and the event itself (only if it is not
//! there). A crash between them leaves a message that comes again and goes the rest of the way.

use std::fmt;
use std::time::{Duration, Instant};

use webhook_infra::client::{Error, Put};
use webhook_infra::lambda::{Invocation, Message};
use webhook_infra::prelude::{PutItem, PutObject};
use webhook_processor::stack::webhook::{Events, Payloads, Processing, Transactions, WebhookEvent};

use crate::log::{Level, Line, Metric, Sink};
use crate::signature::sha256_hex;
use crate::{archive, correlation, log};

/// With less time left than this a message is not begun: it comes back, and is begun by another invocation.
const LEAST_TIME: Duration = Duration::from_secs(5);
/// When this little time is left a message is given up, while there is time to say so.
const LAST_MOMENT: Duration = Duration::from_secs(1);

/// The function: its clients.
pub struct Store {
    transactions: PutItem<Transactions>,
    payloads: PutObject<Payloads>,
    sink: Sink,
}

/// Why a message comes back.
#[derive(Debug)]
pub enum Failure {
    /// It is none of the queue's messages. Its text is not repeated here.
    Unreadable,
    /// Its payload is not the one of its hash.
    WrongHash,
    /// A write failed.
    Write(Error),
    /// There was too little time left to begin it, or to end it.
    NoTime,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("the message is no webhook event"),
            Self::WrongHash => f.write_str("the payload is not the one of its hash"),
            Self::Write(error) => error.fmt(f),
            Self::NoTime => f.write_str("there was not enough time left"),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Write(error)
    }
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is stored.
    Processed,
    /// It was stored already.
    Duplicate,
    /// Its id was stored with another body, and this one is kept beside it.
    Conflict,
}

impl Outcome {
    fn line(self) -> Line<'static> {
        match self {
            Self::Processed => Line::new(Level::Info, "event stored")
                .count(Metric::Processed)
                .text("outcome", "processed"),
            Self::Duplicate => Line::new(Level::Info, "event was there already")
                .count(Metric::Duplicate)
                .text("outcome", "duplicate"),
            Self::Conflict => Line::new(Level::Error, "event id came again with another body")
                .count(Metric::Conflict)
                .text("outcome", "conflict"),
        }
    }
}

impl Store {
    /// The function as it runs on Lambda.
    pub fn new(clients: Processing) -> Self {
        Self::with(clients, log::stdout)
    }

    /// The function with another place for its log, for tests.
    pub fn with(clients: Processing, sink: Sink) -> Self {
        Self {
            transactions: clients.transactions,
            payloads: clients.payloads,
            sink,
        }
    }

    /// Handles a message, and writes one line about it.
    ///
    /// # Errors
    ///
    /// When it has to come back.
    pub async fn handle(
        &self,
        message: Message<Events>,
        invocation: Invocation,
    ) -> Result<Outcome, Failure> {
        let start = Instant::now();
        let event = message.read().map_err(|_| Failure::Unreadable);
        let carried = message.attributes.get(correlation::ATTRIBUTE);
        let correlation_id = match (&event, carried) {
            (Ok(event), _) => event.correlation_id.clone(),
            (Err(_), Some(id)) => id.clone(),
            (Err(_), None) => message.id.clone(),
        };
        let remaining = invocation.remaining();
        let outcome = match &event {
            Ok(_) if remaining < LEAST_TIME => Err(Failure::NoTime),
            Ok(event) => {
                let time = remaining.saturating_sub(LAST_MOMENT);
                let stored = tokio::time::timeout(time, self.store(event)).await;
                stored.unwrap_or(Err(Failure::NoTime))
            }
            Err(_) => Err(Failure::Unreadable),
        };
        let mut line = match &outcome {
            Ok(outcome) => outcome.line(),
            Err(failure) => Line::new(Level::Error, "message failed")
                .count(Metric::Failed)
                .text("outcome", "failed")
                .error(failure),
        };
        line = line
            .text("correlationId", &correlation_id)
            .text("requestId", &invocation.request_id)
            .text("messageId", &message.id)
            .number("receives", message.receives.into());
        if let Ok(event) = &event {
            line = line
                .text("provider", &event.provider)
                .text("transactionId", &event.transaction_id)
                .text("eventId", &event.event_id)
                .text("eventType", &event.event_type);
        }
        line.took(start.elapsed()).write(self.sink);
        outcome
    }

    async fn store(&self, event: &WebhookEvent) -> Result<Outcome, Failure> {
        if let Some(body) = &event.body {
            if sha256_hex(body.as_bytes()) != event.payload_sha256 {
                return Err(Failure::WrongHash);
            }
            archive::put(&self.payloads, event, body.clone().into_bytes()).await?;
        }
        let received_at = match self.transactions.put_new(&marker(event)).await? {
            Put::Done => event.received_at.clone(),
            Put::Refused(Some(first)) if first.payload_sha256 != event.payload_sha256 => {
                self.transactions.put(&conflict(event)).await?;
                return Ok(Outcome::Conflict);
            }
            // The event stands, or has to stand, where its first delivery has put it.
            Put::Refused(Some(first)) => first.received_at,
            // DynamoDB says which item it was; without it nothing is sure.
            Put::Refused(None) => return Err(Failure::Write(Error::incomplete("PutItem"))),
        };
        let item = item(event, event_key(event, &received_at));
        let stored = self.transactions.put_new(&item).await?;
        Ok(match stored {
            // The first delivery, or one after another that got no further than the marker.
            Put::Done => Outcome::Processed,
            Put::Refused(_) => Outcome::Duplicate,
        })
    }
}

/// What makes an event happen once. It stands apart from the transactions, since the same id may come with
/// another transaction, too; and for good, since payloads may be replayed for as long as they are archived.
fn marker(event: &WebhookEvent) -> Transactions {
    Transactions {
        transaction_id: format!("~seen#{}#{}", event.provider, event.event_id),
        ..item(event, "~".to_owned())
    }
}

/// The sort key of an event: when it happened first, so that the last one is the newest whatever the order of
/// arrival; when it came, for providers that know only seconds; then what tells apart two events of one
/// millisecond.
fn event_key(event: &WebhookEvent, received_at: &str) -> String {
    let time = event.occurred_at.as_deref().unwrap_or(received_at);
    format!("{time}#{received_at}#{}#{}", event.provider, event.event_id)
}

/// Kept beside the events of its transaction, after all of them in order.
fn conflict(event: &WebhookEvent) -> Transactions {
    let hash = event.payload_sha256.get(..16).unwrap_or_default();
    let key = format!("~conflict#{}#{}#{hash}", event.provider, event.event_id);
    item(event, key)
}

fn item(event: &WebhookEvent, timestamp: String) -> Transactions {
    Transactions {
        transaction_id: event.transaction_id.clone(),
        timestamp,
        provider: event.provider.clone(),
        event_id: event.event_id.clone(),
        event_type: event.event_type.clone(),
        status: event.status.clone(),
        received_at: event.received_at.clone(),
        correlation_id: event.correlation_id.clone(),
        payload_key: event.payload_key.clone(),
        payload_sha256: event.payload_sha256.clone(),
    }
}

#[cfg(test)]
mod tests;
