//! Where payloads are archived.

use webhook_infra::client::{Error, Stored};
use webhook_infra::prelude::PutObject;
use webhook_processor::stack::webhook::{Payloads, WebhookEvent};

/// What every key starts with. The roles of the functions end there, too (`#[objects(prefix = …)]`).
pub const PREFIX: &str = "raw/";

/// A SHA-256 of hexadecimal digits, in base64 as S3 wants it. `None` when it is none.
pub fn in_base64(sha256: &str) -> Option<String> {
    let bytes = data_encoding::HEXLOWER.decode(sha256.as_bytes()).ok()?;
    (bytes.len() == 32).then(|| data_encoding::BASE64.encode(&bytes))
}

/// `raw/{provider}/{yyyy}/{mm}/{dd}/{transaction}/{event}-{hash}.json`, by the day of `time`. The hash keeps
/// apart what has one id and different bodies.
pub fn key(
    provider: &str,
    time: &str,
    transaction_id: &str,
    event_id: &str,
    sha256: &str,
) -> String {
    let day = time.get(..10).unwrap_or("unknown").replace('-', "/");
    let hash = sha256.get(..16).unwrap_or(sha256);
    format!("{PREFIX}{provider}/{day}/{transaction_id}/{event_id}-{hash}.json")
}

/// Archives the payload of an event, unless it is there already: nothing is written twice, so that a message
/// that comes again makes no other version.
///
/// # Errors
///
/// When S3 did not take it, or the payload is not the one of the event's hash.
pub async fn put(
    payloads: &PutObject<Payloads>,
    event: &WebhookEvent,
    payload: Vec<u8>,
) -> Result<Stored, Error> {
    let mut request = payloads
        .put(event.payload_key.as_str(), payload)
        .content_type("application/json")
        .only_if_absent();
    if let Some(checksum) = in_base64(&event.payload_sha256) {
        request = request.sha256(checksum);
    }
    for (name, value) in metadata(event) {
        request = request.metadata(name, value);
    }
    request.send().await
}

/// What is kept beside a payload: all that the queue needs to have it again.
pub fn metadata(event: &WebhookEvent) -> Vec<(&'static str, String)> {
    let mut metadata = vec![
        ("transaction-id", event.transaction_id.clone()),
        ("event-id", event.event_id.clone()),
        ("provider", event.provider.clone()),
        ("event-type", ascii(&event.event_type)),
        ("status", ascii(&event.status)),
        ("received-at", event.received_at.clone()),
        ("correlation-id", event.correlation_id.clone()),
    ];
    metadata.extend(event.occurred_at.clone().map(|time| ("occurred-at", time)));
    metadata
}

/// S3 takes 2 KB of metadata in all; an event's type and status may be longer than they need to be.
const LONGEST_METADATA: usize = 256;

/// Metadata are headers: other letters than ASCII's are percent-encoded, and the percent sign with them. What
/// is too long is cut between two letters.
///
/// Source: Amazon S3 User Guide, "Working with object metadata".
fn ascii(text: &str) -> String {
    let mut encoded = String::new();
    for letter in text.chars() {
        let mut bytes = [0; 4];
        let part = letter
            .encode_utf8(&mut bytes)
            .bytes()
            .map(|byte| match byte {
                b' '..=b'~' if byte != b'%' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect::<String>();
        if encoded.len() + part.len() > LONGEST_METADATA {
            break;
        }
        encoded.push_str(&part);
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::sha256_hex as sha256;

    #[test]
    fn guarantee_27_keys_say_who_when_and_what() {
        let hash = sha256(b"{}");
        assert_eq!(
            key("stripe", "2026-04-09T12:34:56.000Z", "pi_1", "evt_1", &hash),
            format!("raw/stripe/2026/04/09/pi_1/evt_1-{}.json", &hash[..16])
        );
    }

    #[test]
    fn checksums_are_written_in_both_forms() {
        let hash = sha256(b"");
        assert_eq!(
            in_base64(&hash).as_deref(),
            Some("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        );
        assert_eq!(in_base64("00"), None);
        assert_eq!(in_base64("xyz"), None);
    }

    #[test]
    fn metadata_are_ascii() {
        assert_eq!(ascii("paid 100% ü"), "paid 100%25 %C3%BC");
    }

    #[test]
    fn metadata_are_never_more_than_s3_takes() {
        let long = "\u{1f4b6}".repeat(200);
        assert!(ascii(&long).len() <= LONGEST_METADATA);
        assert!(ascii(&long).ends_with("%B6"));
        let hash = sha256(b"");
        let event = WebhookEvent {
            transaction_id: "t".repeat(128),
            event_id: "e".repeat(200),
            provider: "p".repeat(64),
            event_type: long.clone(),
            status: long,
            occurred_at: Some("2026-04-09T12:34:56.000Z".to_owned()),
            received_at: "2026-04-09T12:34:56.000Z".to_owned(),
            correlation_id: "c".repeat(128),
            payload_key: key(
                &"p".repeat(64),
                "2026-04-09",
                &"t".repeat(128),
                &"e".repeat(200),
                &hash,
            ),
            payload_sha256: hash,
            body: None,
        };
        let all = metadata(&event);
        let bytes = all.iter().map(|(name, value)| name.len() + value.len());
        assert!(bytes.sum::<usize>() <= 2048);
        // And no key is.
        assert!(event.payload_key.len() <= 1024);
    }
}
