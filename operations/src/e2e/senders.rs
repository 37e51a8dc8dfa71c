//! What providers send: bodies, and signatures made here and not by the code that checks them.

use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::{BASE64, HEXLOWER};
use ring::hmac;
use serde_json::{Value, json};

/// The secrets of all providers of a run.
#[derive(Debug)]
pub(super) struct Secrets {
    /// Two of the provider `acme`, which signs as generic providers do: the one in use, and the one before.
    pub(super) acme: [String; 2],
    /// Of the providers `standard-webhooks` and `svix`.
    pub(super) standard: [String; 2],
    pub(super) stripe: [String; 2],
    pub(super) github: [String; 2],
}

impl Secrets {
    pub(super) fn new(random: &mut fastrand::Rng) -> Self {
        let mut pair = |prefix: &str| {
            [(); 2].map(|()| {
                let key = std::iter::repeat_with(|| random.u8(..))
                    .take(32)
                    .collect::<Vec<_>>();
                format!("{prefix}{}", BASE64.encode(&key))
            })
        };
        Self {
            acme: pair("acme_"),
            standard: pair("whsec_"),
            stripe: pair("whsec_"),
            github: pair("github_"),
        }
    }

    /// As the stack's secret holds them.
    pub(super) fn document(&self) -> Value {
        json!({
            "generic": [],
            "acme": { "scheme": "generic", "secrets": self.acme },
            "standard-webhooks": self.standard,
            "svix": self.standard,
            "stripe": self.stripe,
            "github": self.github,
        })
    }

    /// All of them, to be looked for where they must not be. Standard Webhooks' prefix is public.
    pub(super) fn all(&self) -> Vec<&str> {
        [&self.acme, &self.standard, &self.stripe, &self.github]
            .into_iter()
            .flatten()
            .map(|secret| secret.strip_prefix("whsec_").unwrap_or(secret))
            .collect()
    }
}

/// A webhook on its way.
#[derive(Debug, Clone)]
pub(super) struct Webhook {
    /// Its name in the path.
    pub(super) provider: &'static str,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Webhook {
    /// Of a provider that nobody asked to sign.
    pub(super) fn generic(body: &Value) -> Self {
        Self::raw("generic", body.to_string())
    }

    /// Without a signature.
    pub(super) fn raw(provider: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            provider,
            headers: Vec::new(),
            body: body.into(),
        }
        .with("content-type", "application/json")
    }

    /// With one more header.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Signed as `acme` does.
    pub(super) fn acme(secret: &str, at: u64, body: &Value) -> Self {
        let body = body.to_string();
        let signature = HEXLOWER.encode(&mac(
            secret.as_bytes(),
            &[at.to_string().as_bytes(), b".", body.as_bytes()],
        ));
        Self::raw("acme", body)
            .with("x-webhook-timestamp", at.to_string())
            .with("x-webhook-signature", format!("sha256={signature}"))
    }

    /// Signed as the Standard Webhooks specification says; Svix has a name of its own for the headers.
    pub(super) fn standard(
        provider: &'static str,
        secret: &str,
        id: &str,
        at: u64,
        body: &Value,
    ) -> Self {
        let prefix = if provider == "svix" {
            "svix"
        } else {
            "webhook"
        };
        let body = body.to_string();
        let encoded = secret.strip_prefix("whsec_").unwrap_or(secret);
        let key = BASE64.decode(encoded.as_bytes()).unwrap_or_default();
        let signed = mac(
            &key,
            &[
                id.as_bytes(),
                b".",
                at.to_string().as_bytes(),
                b".",
                body.as_bytes(),
            ],
        );
        Self::raw(provider, body)
            .with(&format!("{prefix}-id"), id)
            .with(&format!("{prefix}-timestamp"), at.to_string())
            // An unknown version before it, and a wrong one of its own version: senders do both during a rotation.
            .with(
                &format!("{prefix}-signature"),
                format!(
                    "v9,AAAA v1,{} v1,{}",
                    BASE64.encode(&[0; 32]),
                    BASE64.encode(&signed)
                ),
            )
    }

    /// Signed as Stripe does.
    pub(super) fn stripe(secret: &str, at: u64, body: &Value) -> Self {
        let body = body.to_string();
        let signature = HEXLOWER.encode(&mac(
            secret.as_bytes(),
            &[at.to_string().as_bytes(), b".", body.as_bytes()],
        ));
        Self::raw("stripe", body).with(
            "stripe-signature",
            format!("t={at},v1={signature},v0=ignored"),
        )
    }

    /// Signed as GitHub does.
    pub(super) fn github(secret: &str, delivery: &str, body: &Value) -> Self {
        let body = body.to_string();
        let signature = HEXLOWER.encode(&mac(secret.as_bytes(), &[body.as_bytes()]));
        Self::raw("github", body)
            .with("x-github-event", "check_run")
            .with("x-github-delivery", delivery)
            .with("x-hub-signature-256", format!("sha256={signature}"))
    }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    for part in parts {
        context.update(part);
    }
    context.sign().as_ref().to_vec()
}

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
