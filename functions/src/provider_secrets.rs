//! The providers that are served, and their secrets: one JSON document in Secrets Manager.
//!
//! ```json
//! { "stripe": ["whsec_new", "whsec_old"],
//!   "acme": { "scheme": "standard-webhooks", "secrets": ["whsec_…"] },
//!   "generic": [] }
//! ```
//!
//! It is kept for some minutes, so that a rotation needs no deployment: put the new secret in beside the old
//! one, wait for five minutes, change the sender over, and take the old one out.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use webhook_infra::prelude::GetSecretValue;
use webhook_processor::stack::webhook::ProviderSecrets;

use crate::log::{Level, Line, Sink};
use crate::providers::{Provider, provider};
use crate::secret::Secret;

/// How long the document is used without asking again. A secret that was taken out stops working within this.
pub const TIME_TO_LIVE: Duration = Duration::from_mins(4);
/// A wrong signature may mean a new secret: then the document is read again, but not more often than this.
const SHORTEST: Duration = Duration::from_secs(20);
/// How long the last document is used when Secrets Manager does not answer.
const LONGEST: Duration = Duration::from_hours(1);

/// A provider that is served.
pub struct Configured {
    /// How it signs.
    pub scheme: &'static dyn Provider,
    /// The secrets that are valid now, at least one unless the scheme can do without.
    pub secrets: Vec<Secret>,
}

impl fmt::Debug for Configured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} with {} secrets",
            self.scheme.name(),
            self.secrets.len()
        )
    }
}

/// Why the secrets are of no use. It never says what they are.
#[derive(Debug)]
pub enum Unavailable {
    /// Secrets Manager did not answer, or the secret has no value yet.
    Unread(webhook_infra::client::Error),
    /// The document is no JSON of the form that is wanted.
    Malformed,
    /// A provider names a scheme that does not exist.
    UnknownScheme(String),
    /// A provider has no secret, or one that its scheme cannot use.
    UnusableSecret(String),
}

impl Unavailable {
    /// Whether Secrets Manager did not answer.
    fn is_silence(&self) -> bool {
        matches!(self, Self::Unread(error) if error.is_transient())
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(error) => error.fmt(f),
            Self::Malformed => f.write_str(
                "the secret is no JSON object of the form {\"stripe\": [\"whsec_…\"], \"acme\": {\"scheme\": \"standard-webhooks\", \"secrets\": [\"whsec_…\"]}}",
            ),
            Self::UnknownScheme(name) => write!(
                f,
                "provider `{name}` has no scheme: write {{\"scheme\": \"…\", \"secrets\": […]}} with one of generic, github, standard-webhooks, stripe, svix"
            ),
            Self::UnusableSecret(name) => write!(
                f,
                "provider `{name}` has no secret, or one that its scheme cannot use"
            ),
        }
    }
}

/// A provider whose entry cannot be read leaves the others alone.
type Document = BTreeMap<String, serde_json::Value>;

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Secrets(Vec<String>),
    Scheme {
        scheme: String,
        secrets: Vec<String>,
    },
}

struct Kept {
    document: Arc<Document>,
    read_at: SystemTime,
    /// When it was last tried to read it again.
    tried_at: SystemTime,
}

/// The document, and when it was read.
pub struct Cache {
    secret: GetSecretValue<ProviderSecrets>,
    sink: Sink,
    kept: Mutex<Option<Kept>>,
}

impl Cache {
    /// Nothing is read yet.
    pub fn new(secret: GetSecretValue<ProviderSecrets>, sink: Sink) -> Self {
        Self {
            secret,
            sink,
            kept: Mutex::new(None),
        }
    }

    /// Reads the document ahead of the first webhook.
    pub async fn warm(&self) {
        // The first webhook is told what is wrong.
        let _ = self.read(SystemTime::now()).await;
    }

    /// The provider of a name; `None` when it is not served.
    ///
    /// # Errors
    ///
    /// When there is no document, or it says nothing usable of the provider.
    pub async fn get(
        &self,
        name: &str,
        now: SystemTime,
    ) -> Result<Option<Configured>, Unavailable> {
        let document = match self.current(now, TIME_TO_LIVE) {
            Some(document) => document,
            None => self.read(now).await?,
        };
        configured(&document, name)
    }

    /// The same, read again when that has not just been done: `None` when nothing is new.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub async fn renewed(
        &self,
        name: &str,
        now: SystemTime,
    ) -> Result<Option<Configured>, Unavailable> {
        if self.current(now, SHORTEST).is_some() {
            return Ok(None);
        }
        let document = self.read(now).await?;
        configured(&document, name)
    }

    fn current(&self, now: SystemTime, time_to_live: Duration) -> Option<Arc<Document>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref()?;
        let is_fresh = age(kept.read_at, now) < time_to_live;
        // While Secrets Manager does not answer, it is not asked at every webhook.
        let is_resting = kept.tried_at > kept.read_at
            && age(kept.tried_at, now) < SHORTEST
            && age(kept.read_at, now) < LONGEST;
        (is_fresh || is_resting).then(|| Arc::clone(&kept.document))
    }

    async fn read(&self, now: SystemTime) -> Result<Arc<Document>, Unavailable> {
        let answer = match self.secret.get().await {
            Ok(value) => {
                serde_json::from_str::<Document>(value.expose()).map_err(|_| Unavailable::Malformed)
            }
            Err(error) => Err(Unavailable::Unread(error)),
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match answer {
            Ok(document) => {
                let document = Arc::new(document);
                *kept = Some(Kept {
                    document: Arc::clone(&document),
                    read_at: now,
                    tried_at: now,
                });
                Ok(document)
            }
            Err(error) => match kept.as_mut() {
                // Only when there is no answer: an answer that denies or cannot be read is one.
                Some(kept) if error.is_silence() && age(kept.read_at, now) < LONGEST => {
                    kept.tried_at = now;
                    Line::new(Level::Error, "provider secrets not renewed")
                        .error(&error)
                        .write(self.sink);
                    Ok(Arc::clone(&kept.document))
                }
                _ => {
                    *kept = None;
                    Err(error)
                }
            },
        }
    }
}

/// By the clock on the wall, which goes on while Lambda lets a function sleep.
fn age(then: SystemTime, now: SystemTime) -> Duration {
    now.duration_since(then).unwrap_or_default()
}

fn configured(document: &Document, name: &str) -> Result<Option<Configured>, Unavailable> {
    let Some(entry) = document.get(name).filter(|_| is_well_formed(name)) else {
        return Ok(None);
    };
    let entry = Entry::deserialize(entry).map_err(|_| Unavailable::Malformed)?;
    let (scheme, secrets) = match &entry {
        Entry::Secrets(secrets) => (name, secrets),
        Entry::Scheme { scheme, secrets } => (scheme.as_str(), secrets),
    };
    let scheme = provider(scheme).ok_or_else(|| Unavailable::UnknownScheme(name.to_owned()))?;
    let secrets = secrets
        .iter()
        .map(|secret| Secret::new(secret.as_str()))
        .collect::<Vec<_>>();
    let is_usable = secrets.iter().all(|secret| scheme.can_use(secret))
        && (!secrets.is_empty() || scheme.may_be_unsigned());
    if !is_usable {
        return Err(Unavailable::UnusableSecret(name.to_owned()));
    }
    Ok(Some(Configured { scheme, secrets }))
}

/// Small letters, digits and hyphens: the name becomes part of keys.
fn is_well_formed(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests;
