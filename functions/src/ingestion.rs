//! `POST /webhook/{provider}`: who sent it is checked, what it is about is read, and the queue has it before
//! the sender is told so.

use std::time::{Duration, Instant, SystemTime};

use serde::Serialize;
use time::OffsetDateTime;
use webhook_infra::client::ErrorKind;
use webhook_infra::lambda::{Invocation, Request, Response};
use webhook_infra::prelude::{PutObject, SendMessage};
use webhook_processor::stack::webhook::{Events, Ingestion, Payloads, WebhookEvent};

use crate::headers::Headers;
use crate::log::{Level, Line, Metric, Sink};
use crate::problem::Problem;
use crate::provider_secrets::{Cache, Configured};
use crate::providers::Rejection;
use crate::signature::sha256_hex;
use crate::times::{self, Clock};
use crate::{archive, correlation, log};

/// The largest body: what Lambda takes as an event, of which the body is almost all.
///
/// Source: AWS Lambda Developer Guide, "Lambda quotas", invocation payload.
pub const LARGEST_BODY: usize = 6 * 1024 * 1024;
/// The largest text of a message, with room for what SQS counts besides. Larger payloads go to the archive
/// first, and the message says where. SQS takes 1 MiB, but a batch of ten has to fit Lambda's 6 MB, and
/// every 64 KiB is paid for as another message.
pub const LARGEST_MESSAGE: usize = 240 * 1024;

/// When this little time is left the sender is told to try again, which is better than to hear nothing.
const LAST_MOMENT: Duration = Duration::from_millis(300);

/// The function: its clients, and what it keeps between webhooks.
pub struct Receiver {
    events: SendMessage<Events>,
    payloads: PutObject<Payloads>,
    secrets: Cache,
    clock: Clock,
    sink: Sink,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names)]
struct Accepted<'a> {
    transaction_id: &'a str,
    event_id: &'a str,
    correlation_id: &'a str,
}

/// What is known of a webhook so far, for its line in the log.
#[derive(Default)]
struct Known {
    provider: String,
    event: Option<WebhookEvent>,
    bytes: usize,
    /// Why it is a problem of ours, where it is.
    error: Option<String>,
}

impl Receiver {
    /// The function as it runs on Lambda.
    pub fn new(clients: Ingestion) -> Self {
        Self::with(clients, OffsetDateTime::now_utc, log::stdout)
    }

    /// The function with another clock and another place for its log, for tests.
    pub fn with(clients: Ingestion, clock: Clock, sink: Sink) -> Self {
        Self {
            events: clients.events,
            payloads: clients.payloads,
            secrets: Cache::new(clients.secrets, sink),
            clock,
            sink,
        }
    }

    /// Reads the secrets ahead of the first webhook.
    pub async fn warm(&self) {
        self.secrets.warm().await;
    }

    /// Answers a request, and writes one line about it.
    pub async fn handle(&self, request: Request, invocation: Invocation) -> Response {
        let start = Instant::now();
        let correlation_id = correlation::id(&request, &invocation);
        let mut known = Known::default();
        let time = invocation.remaining().saturating_sub(LAST_MOMENT);
        let work = self.receive(&request, &correlation_id, &mut known);
        let outcome = tokio::time::timeout(time, work).await.unwrap_or_else(|_| {
            Err(Problem::queue_unavailable(
                "There was not enough time. Send it again.",
            ))
        });
        let line = match &outcome {
            Ok(_) => Line::new(Level::Info, "webhook accepted")
                .count(Metric::Accepted)
                .text("outcome", "accepted"),
            Err(problem) => {
                let level = if problem.is_ours() {
                    Level::Error
                } else {
                    Level::Warn
                };
                Line::new(level, "webhook refused")
                    .count(Metric::Rejected)
                    .reason(problem.name)
                    .text("outcome", "rejected")
            }
        };
        let mut line = line
            .text("correlationId", &correlation_id)
            .text("requestId", &invocation.request_id)
            .number("bytes", known.bytes as u64);
        if !known.provider.is_empty() {
            line = line.text("provider", &known.provider);
        }
        if let Some(event) = &known.event {
            line = line
                .text("transactionId", &event.transaction_id)
                .text("eventId", &event.event_id)
                .text("eventType", &event.event_type);
        }
        if let Some(error) = &known.error {
            line = line.error(error);
        }
        line.took(start.elapsed()).write(self.sink);
        outcome.unwrap_or_else(|problem| problem.response(&correlation_id))
    }

    async fn receive(
        &self,
        request: &Request,
        correlation_id: &str,
        known: &mut Known,
    ) -> Result<Response, Problem> {
        let body = request
            .body()
            .ok_or_else(|| Problem::malformed_body("The body is marked as base64 and is none."))?;
        known.bytes = body.len();
        if body.len() > LARGEST_BODY {
            return Err(Problem::body_too_large(format!(
                "The body has {} bytes; {LARGEST_BODY} are taken.",
                body.len()
            )));
        }
        let headers = request
            .multi_value_headers
            .iter()
            .flat_map(|(name, values)| values.iter().map(move |value| (name, value.as_str())))
            .collect::<Headers>();
        check_media_type(&headers)?;
        let name = request
            .path_parameters
            .get("provider")
            .map_or("", String::as_str);
        let unavailable = |known: &mut Known, error: crate::provider_secrets::Unavailable| {
            known.error = Some(error.to_string());
            Problem::secrets_unavailable("Try again later.")
        };
        let moment = SystemTime::now();
        let configured = match self.secrets.get(name, moment).await {
            Ok(Some(configured)) => configured,
            Ok(None) => {
                return Err(Problem::unknown_provider(
                    "No provider of this name is configured.",
                ));
            }
            Err(error) => return Err(unavailable(known, error)),
        };
        name.clone_into(&mut known.provider);
        let now = (self.clock)();
        let verified = verify(&configured, &headers, &body, now);
        if verified == Err(Rejection::InvalidSignature) {
            // The secret may be a new one.
            match self.secrets.renewed(name, moment).await {
                Ok(Some(renewed)) => verify(&renewed, &headers, &body, now)?,
                Ok(None) => verified?,
                Err(error) => return Err(unavailable(known, error)),
            }
        } else {
            verified?;
        }
        let event = configured.scheme.read(&headers, &body)?;
        let occurred_at = event.occurred_at.map(times::text);
        let received_at = times::text(now);
        let payload_sha256 = sha256_hex(&body);
        let time = occurred_at.as_ref().unwrap_or(&received_at);
        let payload_key = archive::key(
            name,
            time,
            &event.transaction_id,
            &event.event_id,
            &payload_sha256,
        );
        let event = known.event.insert(WebhookEvent {
            transaction_id: event.transaction_id,
            event_id: event.event_id,
            provider: name.to_owned(),
            event_type: event.event_type,
            status: event.status,
            occurred_at,
            received_at,
            correlation_id: correlation_id.to_owned(),
            payload_key,
            payload_sha256,
            body: carried(&body),
        });
        if event.body.is_none() {
            archive::put(&self.payloads, event, body.into_owned())
                .await
                .map_err(|error| {
                    known.error = Some(error.to_string());
                    Problem::storage_unavailable("The webhook was not taken. Send it again.")
                })?;
        }
        let sent = self
            .events
            .message(event)
            .attribute(correlation::ATTRIBUTE, correlation_id)
            .attribute("provider", name)
            .send()
            .await;
        if let Err(error) = sent {
            known.error = Some(error.to_string());
            return Err(match error.kind() {
                ErrorKind::Throttled => Problem::queue_unavailable("The queue is busy."),
                _ => Problem::queue_unavailable("The webhook was not taken. Send it again."),
            });
        }
        let accepted = Accepted {
            transaction_id: &event.transaction_id,
            event_id: &event.event_id,
            correlation_id,
        };
        // Texts can always be written.
        let body = serde_json::to_string(&accepted).unwrap_or_default();
        Ok(Response::new(202, "application/json", body)
            .header(correlation::HEADER, correlation_id)
            .header("cache-control", "no-store"))
    }
}

fn verify(
    configured: &Configured,
    headers: &Headers,
    body: &[u8],
    now: OffsetDateTime,
) -> Result<(), Rejection> {
    configured
        .scheme
        .verify(headers, body, &configured.secrets, now)
}

/// JSON, not compressed: signatures are over the bytes as they are.
fn check_media_type(headers: &Headers) -> Result<(), Problem> {
    let content_type = headers.one("content-type")?.unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let media_type = media_type.to_ascii_lowercase();
    let is_json = media_type == "application/json"
        || media_type.starts_with("application/") && media_type.ends_with("+json");
    if !is_json {
        return Err(Problem::unsupported_media_type(
            "Send the body as JSON, with `content-type: application/json`.",
        ));
    }
    match headers.one("content-encoding")? {
        None | Some("" | "identity") => Ok(()),
        Some(_) => Err(Problem::unsupported_media_type(
            "Send the body as it is, without `content-encoding`.",
        )),
    }
}

/// The payload as a message can carry it; `None` when it is too large, or has what SQS refuses.
fn carried(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    // Within JSON within JSON every quotation mark is two bytes: half of the limit may not be enough, a
    // quarter always is.
    let is_small = text.len() <= LARGEST_MESSAGE / 4 || escaped(text) <= LARGEST_MESSAGE - 4096;
    (is_small && text.chars().all(is_taken)).then(|| text.to_owned())
}

/// How long the text is as a string of JSON.
fn escaped(text: &str) -> usize {
    text.bytes()
        .map(|byte| match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
            0..=31 => 6,
            _ => 1,
        })
        .sum()
}

/// Control characters are escaped in JSON; these are not.
///
/// Source: Amazon SQS API Reference, "`SendMessage`".
fn is_taken(character: char) -> bool {
    !matches!(character, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests;
