//! Requests as senders make them, for the tests of all schemes.

mod anything;
mod every_scheme;

use data_encoding::{BASE64, HEXLOWER};
use ring::hmac;
use time::OffsetDateTime;

use super::{Provider, Rejection, provider};
use crate::{headers::Headers, secret::Secret};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER_SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const SENT_AT: i64 = 1_775_738_096;
/// Those whose signatures carry a time.
const TIMED: [&str; 4] = ["generic", "standard-webhooks", "svix", "stripe"];
const ALL: [&str; 5] = ["generic", "github", "standard-webhooks", "stripe", "svix"];

pub(super) fn hmac_of(key: &[u8], message: &[u8]) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, message).as_ref().to_vec()
}

/// A request as a sender would make it.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    pub(super) scheme: &'static str,
    pub(super) secret: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Signed {
    pub(super) fn example(scheme: &'static str) -> Self {
        let body = br#"{"transactionId":"tx-1","type":"payment.settled"}"#;
        Self::new(scheme, SECRET, "msg-1", SENT_AT, body)
    }

    fn new(scheme: &'static str, secret: &str, id: &str, sent_at: i64, body: &[u8]) -> Self {
        let timestamp = sent_at.to_string();
        let signature = signature(scheme, secret, id, sent_at, body);
        let headers = match scheme {
            "generic" => vec![
                ("x-webhook-timestamp", timestamp),
                ("x-webhook-signature", signature),
            ],
            "github" => vec![
                ("x-github-delivery", id.to_owned()),
                ("x-github-event", "push".to_owned()),
                ("x-hub-signature-256", signature),
            ],
            "stripe" => vec![("stripe-signature", format!("t={timestamp},{signature}"))],
            "svix" => vec![
                ("svix-id", id.to_owned()),
                ("svix-timestamp", timestamp),
                ("svix-signature", signature),
            ],
            _ => vec![
                ("webhook-id", id.to_owned()),
                ("webhook-timestamp", timestamp),
                ("webhook-signature", signature),
            ],
        };
        Self {
            scheme,
            secret: secret.to_owned(),
            headers,
            body: body.to_vec(),
        }
    }

    /// When the example arrives.
    pub(super) fn now() -> OffsetDateTime {
        at(SENT_AT)
    }

    pub(super) fn replace(&mut self, name: &str, with: impl FnOnce(&str) -> String) {
        let (_, value) = self
            .headers
            .iter_mut()
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .expect("a header of the scheme");
        *value = with(value);
    }

    /// Puts other signatures in the place of the one that is there.
    fn replace_signatures(&mut self, signatures: &[String]) {
        let signatures = signatures.join(if is_standard(self.scheme) { " " } else { "," });
        let name = self.headers.last().expect("a header").0;
        let is_stripe = self.scheme == "stripe";
        self.replace(name, |_| {
            if is_stripe {
                format!("t={SENT_AT},{signatures}")
            } else {
                signatures
            }
        });
    }

    pub(super) fn verify(&self) -> Result<(), Rejection> {
        self.verify_with(&[&self.secret], Self::now())
    }

    fn verify_with(&self, secrets: &[&str], now: OffsetDateTime) -> Result<(), Rejection> {
        let secrets: Vec<Secret> = secrets.iter().map(|secret| Secret::from(*secret)).collect();
        let headers: Headers = self.headers.iter().cloned().collect();
        scheme(self.scheme).verify(&headers, &self.body, &secrets, now)
    }
}

/// One signature with its version, as it stands in the header's list.
fn signature(scheme: &str, secret: &str, id: &str, sent_at: i64, body: &[u8]) -> String {
    let prefix = match scheme {
        "github" => String::new(),
        "generic" | "stripe" => format!("{sent_at}."),
        _ => format!("{id}.{sent_at}."),
    };
    let message = [prefix.as_bytes(), body].concat();
    if is_standard(scheme) {
        let key = BASE64
            .decode(secret.trim_start_matches("whsec_").as_bytes())
            .expect("base64");
        return format!("v1,{}", BASE64.encode(&hmac_of(&key, &message)));
    }
    let hex = HEXLOWER.encode(&hmac_of(secret.as_bytes(), &message));
    if scheme == "stripe" {
        format!("v1={hex}")
    } else {
        format!("sha256={hex}")
    }
}

fn is_standard(scheme: &str) -> bool {
    matches!(scheme, "svix" | "standard-webhooks")
}

fn scheme(name: &str) -> &'static dyn Provider {
    provider(name).expect(name)
}

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).expect("a time")
}
