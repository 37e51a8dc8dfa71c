//! Senders without a scheme of their own.
//!
//! ```text
//! x-webhook-timestamp: 1614265330
//! x-webhook-signature: sha256=<hex>[,sha256=<hex>]
//! ```
//!
//! The signature is the HMAC-SHA256 of `<timestamp>.<body>` under the bytes of the secret.

use serde_json::Value;
use time::OffsetDateTime;

use super::{Event, Path, Provider, Rejection, fields};
use crate::{headers::Headers, secret::Secret, signature};

const TIMESTAMP: &str = "X-Webhook-Timestamp";
const SIGNATURE: &str = "X-Webhook-Signature";

pub(super) struct Generic;

impl Provider for Generic {
    fn name(&self) -> &'static str {
        "generic"
    }

    fn may_be_unsigned(&self) -> bool {
        true
    }

    fn verify(
        &self,
        headers: &Headers,
        body: &[u8],
        secrets: &[Secret],
        now: OffsetDateTime,
    ) -> Result<(), Rejection> {
        if secrets.is_empty() {
            return Ok(());
        }
        let timestamp = headers.required(TIMESTAMP)?;
        let sent_at = signature::sent_at(TIMESTAMP, timestamp)?;
        let signatures = signature::collect(
            SIGNATURE,
            headers
                .required(SIGNATURE)?
                .split(',')
                .filter_map(|item| item.trim().strip_prefix("sha256="))
                .map(signature::from_hex),
        )?;
        let message = [timestamp.as_bytes(), b".", body];
        signature::check_hmac_sha256(secrets, &message, &signatures)?;
        signature::check_replay_window(sent_at, now)
    }

    fn places(&self) -> &'static [Path] {
        &[
            &["transactionId"],
            &["eventId"],
            &["id"],
            &["type"],
            &["eventType"],
            &["status"],
            &["timestamp"],
        ]
    }

    fn event(&self, _headers: &Headers, body: &[u8], json: &Value) -> Result<Event, Rejection> {
        let body_fields = fields::object(json)?;
        let transaction_id = match body_fields.get("transactionId") {
            None | Some(Value::Null) => {
                return Err(Rejection::MalformedBody(
                    "the body has no `transactionId`; add it as a string".to_owned(),
                ));
            }
            Some(_) => fields::text(body_fields, &["transactionId"])
                .ok_or(Rejection::InvalidTransactionId)
                .and_then(fields::transaction_id)?,
        };
        let event_id = fields::text(body_fields, &["eventId"])
            .or_else(|| fields::text(body_fields, &["id"]))
            .map_or_else(
                || signature::sha256_hex(body),
                |text| fields::event_id(&text),
            );
        let event_type = fields::label(body_fields, &[&["type"], &["eventType"]])
            .unwrap_or_else(|| "unknown".to_owned());
        Ok(Event {
            transaction_id,
            event_id,
            status: fields::label(body_fields, &[&["status"]])
                .unwrap_or_else(|| event_type.clone()),
            event_type,
            occurred_at: fields::time(body_fields, &["timestamp"]),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use time::macros::datetime;

    use super::{Generic, SIGNATURE};
    use crate::{
        headers::Headers,
        providers::{Event, Provider, Rejection, tests::Signed},
        secret::Secret,
        signature::sha256_hex,
    };

    fn event(json: &Value) -> Result<Event, Rejection> {
        Generic.read(&Headers::default(), json.to_string().as_bytes())
    }

    #[test]
    fn a_full_body_is_read() {
        let json = json!({
            "transactionId": "tx-1", "eventId": "e-1", "id": "ignored", "type": "payment",
            "status": "settled", "timestamp": "2026-04-09T12:34:56Z",
        });
        assert_eq!(
            event(&json),
            Ok(Event {
                transaction_id: "tx-1".into(),
                event_id: "e-1".into(),
                event_type: "payment".into(),
                status: "settled".into(),
                occurred_at: Some(datetime!(2026-04-09 12:34:56 UTC)),
            })
        );
    }

    #[test]
    fn the_smallest_body_is_enough() {
        let json = json!({ "transactionId": 42 });
        assert_eq!(
            event(&json),
            Ok(Event {
                transaction_id: "42".into(),
                event_id: sha256_hex(br#"{"transactionId":42}"#),
                event_type: "unknown".into(),
                status: "unknown".into(),
                occurred_at: None,
            })
        );
    }

    #[test]
    fn second_names_are_read() {
        let json = json!({ "transactionId": "t", "id": 7, "eventType": "refund" });
        let event = event(&json).expect("an event");
        assert_eq!(event.event_id, "7");
        assert_eq!(event.event_type, "refund");
        assert_eq!(event.status, "refund");
    }

    #[test]
    fn a_body_without_a_usable_transaction_is_refused() {
        for json in [
            json!({}),
            json!({ "transactionId": null }),
            json!({ "id": "t" }),
        ] {
            let refused = event(&json);
            assert!(
                matches!(&refused, Err(Rejection::MalformedBody(problem)) if problem.contains("`transactionId`")),
                "{json}: {refused:?}"
            );
        }
        for id in [
            json!(""),
            json!("a b"),
            json!(1.5),
            json!(true),
            json!(["t"]),
            json!({}),
        ] {
            let refused = event(&json!({ "transactionId": id }));
            assert_eq!(refused, Err(Rejection::InvalidTransactionId), "{id}");
        }
    }

    #[test]
    fn without_secrets_unsigned_webhooks_are_taken() {
        assert!(Generic.may_be_unsigned());
        assert_eq!(
            Generic.verify(&Headers::default(), b"{}", &[], Signed::now()),
            Ok(())
        );
    }

    #[test]
    fn secrets_that_are_blank_do_not_make_it_unsigned() {
        let blank = [Secret::new("")];
        assert_eq!(
            Generic.verify(&Headers::default(), b"{}", &blank, Signed::now()),
            Err(Rejection::MissingHeader("X-Webhook-Timestamp"))
        );
    }

    #[test]
    fn spaces_between_signatures_do_not_matter() {
        let mut signed = Signed::example("generic");
        signed.replace(SIGNATURE, |value| {
            format!("sha256={}, {value}", "0".repeat(64))
        });
        assert_eq!(signed.verify(), Ok(()));
    }
}
