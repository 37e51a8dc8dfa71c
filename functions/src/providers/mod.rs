//! The senders of webhooks: how each one signs, and what its bodies say.
//!
//! A scheme is one file with one [`Provider`]. A new one is added with its `mod` line and its line in the table
//! below; nothing else names the schemes.

mod fields;
mod generic;
mod github;
mod outline;
mod standard_webhooks;
mod stripe;
#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::Value;
use time::OffsetDateTime;

use crate::{headers::Headers, secret::Secret};

pub use fields::is_transaction_id;
pub use outline::Path;

/// Every scheme, in the order of the names.
static PROVIDERS: &[&dyn Provider] = &[
    &generic::Generic,
    &github::GitHub,
    &standard_webhooks::STANDARD_WEBHOOKS,
    &stripe::Stripe,
    &standard_webhooks::SVIX,
];

/// The scheme of a name, as the secrets name it: `generic`, `github`, `standard-webhooks`, `stripe` or `svix`.
pub fn provider(scheme: &str) -> Option<&'static dyn Provider> {
    providers().find(|provider| provider.name() == scheme)
}

/// Every scheme, in the order of the names.
pub fn providers() -> impl Iterator<Item = &'static dyn Provider> {
    PROVIDERS.iter().copied()
}

/// A way of signing webhooks and of writing their bodies.
pub trait Provider: Sync {
    /// The scheme's name, as in the secrets.
    fn name(&self) -> &'static str;

    /// Whether the scheme takes webhooks without a signature when no secret is configured.
    fn may_be_unsigned(&self) -> bool {
        false
    }

    /// Whether the scheme can make a key of the secret. One that it cannot use verifies nothing, and is a mistake in
    /// the configuration that is worth a line in the log.
    fn can_use(&self, secret: &Secret) -> bool {
        !secret.is_blank()
    }

    /// Checks the signature over the exact raw bytes. Any of the secrets may have signed, so that an old and a new
    /// one are valid together while the sender changes over.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the headers or the signature.
    fn verify(
        &self,
        headers: &Headers,
        body: &[u8],
        secrets: &[Secret],
        now: OffsetDateTime,
    ) -> Result<(), Rejection>;

    /// The places in a body that [`event`](Self::event) reads. Nothing else of a body is kept.
    fn places(&self) -> &'static [Path];

    /// Reads who and what the webhook is about. `json` is `body`, parsed, at those places. Types, states and times
    /// that are missing or strange are no reason to refuse a webhook, because senders add kinds of events without
    /// notice.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the body, or that it names no usable transaction.
    fn event(&self, headers: &Headers, body: &[u8], json: &Value) -> Result<Event, Rejection>;

    /// Parses the body, and reads who and what the webhook is about.
    ///
    /// # Errors
    ///
    /// As [`event`](Self::event), and when the body is no JSON.
    fn read(&self, headers: &Headers, body: &[u8]) -> Result<Event, Rejection> {
        let json = outline::read(body, self.places())
            .map_err(|_| Rejection::MalformedBody("the body is no JSON".to_owned()))?;
        self.event(headers, body, &json)
    }
}

/// What a webhook says, whoever sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What the event belongs to: 1 to 128 characters of `[A-Za-z0-9._:@-]`.
    pub transaction_id: String,
    /// Equal for every delivery of one event: 1 to 200 characters of the same.
    pub event_id: String,
    /// The sender's name for the kind of event, or `unknown`; at most 200 characters.
    pub event_type: String,
    /// The state that the transaction is in now, or the kind of event; at most 200 characters.
    pub status: String,
    /// When it happened, by the sender's clock, in UTC and not before 1970.
    pub occurred_at: Option<OffsetDateTime>,
}

/// Why a webhook is refused. A header is named as the provider's documentation writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// A header that the scheme needs is absent or empty.
    MissingHeader(&'static str),
    /// A header cannot be read.
    MalformedHeader(&'static str),
    /// A header is there more than once.
    DuplicateHeader(&'static str),
    /// No signature of the request was made with a secret that is known here.
    InvalidSignature,
    /// The signature is right, but too old or from the future.
    StaleTimestamp,
    /// The body is not what the scheme sends.
    MalformedBody(String),
    /// The body names its transaction with characters or a length that are not allowed.
    InvalidTransactionId,
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader(name) => {
                write!(formatter, "the header `{name}` is missing; send it once")
            }
            Self::MalformedHeader(name) => write!(
                formatter,
                "the header `{name}` cannot be read; send it in the form that the scheme describes, in visible ASCII"
            ),
            Self::DuplicateHeader(name) => write!(
                formatter,
                "the header `{name}` is there more than once; send it once"
            ),
            Self::InvalidSignature => formatter.write_str(
                "no signature matches; sign the exact bytes of the body with a secret that is in use",
            ),
            Self::StaleTimestamp => formatter.write_str(
                "the signature's time is more than 300 seconds from now; sign again, with a clock that is right",
            ),
            Self::MalformedBody(problem) => formatter.write_str(problem),
            Self::InvalidTransactionId => formatter.write_str(
                "the transaction id cannot be used; send 1 to 128 characters of A-Z, a-z, 0-9 and `._:@-`",
            ),
        }
    }
}

impl std::error::Error for Rejection {}
