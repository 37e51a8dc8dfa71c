//! Stripe.
//!
//! ```text
//! Stripe-Signature: t=1614265330,v1=<hex>[,v1=<hex>][,v0=<hex>]
//! ```
//!
//! `v1` is the HMAC-SHA256 of `<t>.<body>` under the bytes of the whole secret, its `whsec_` included. `v0` is made
//! for test events only and is no proof of anything.

use serde_json::Value;
use time::OffsetDateTime;

use super::{Event, Path, Provider, Rejection, fields};
use crate::{headers::Headers, secret::Secret, signature};

const SIGNATURE: &str = "Stripe-Signature";

pub(super) struct Stripe;

impl Provider for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn verify(
        &self,
        headers: &Headers,
        body: &[u8],
        secrets: &[Secret],
        now: OffsetDateTime,
    ) -> Result<(), Rejection> {
        let header = headers.required(SIGNATURE)?;
        let timestamp = only_timestamp(header)?;
        let sent_at = signature::sent_at(SIGNATURE, timestamp)?;
        let signatures = signature::collect(
            SIGNATURE,
            items(header)
                .filter(|(name, _)| *name == "v1")
                .map(|(_, text)| signature::from_hex(text)),
        )?;
        let message = [timestamp.as_bytes(), b".", body];
        signature::check_hmac_sha256(secrets, &message, &signatures)?;
        signature::check_replay_window(sent_at, now)
    }

    fn places(&self) -> &'static [Path] {
        &[
            &["id"],
            &["type"],
            &["created"],
            &["data", "object", "status"],
            &["data", "object", "id"],
            &["data", "object", "payment_intent"],
            &["data", "object", "metadata", "transactionId"],
            &["data", "object", "metadata", "transaction_id"],
        ]
    }

    fn event(&self, _headers: &Headers, body: &[u8], json: &Value) -> Result<Event, Rejection> {
        let body_fields = fields::object(json)?;
        let event_id = fields::text(body_fields, &["id"]).map_or_else(
            || signature::sha256_hex(body),
            |text| fields::event_id(&text),
        );
        let event_type =
            fields::label(body_fields, &[&["type"]]).unwrap_or_else(|| "unknown".to_owned());
        Ok(Event {
            transaction_id: fields::transaction_id_or_event(
                body_fields,
                &[
                    &["data", "object", "metadata", "transactionId"],
                    &["data", "object", "metadata", "transaction_id"],
                    &["data", "object", "payment_intent"],
                    &["data", "object", "id"],
                ],
                &event_id,
            )?,
            event_id,
            status: fields::label(body_fields, &[&["data", "object", "status"]])
                .unwrap_or_else(|| event_type.clone()),
            event_type,
            occurred_at: fields::time(body_fields, &["created"]),
        })
    }
}

fn items(header: &str) -> impl Iterator<Item = (&str, &str)> {
    header
        .split(',')
        .filter_map(|item| item.trim().split_once('='))
}

/// The time of the header. With two of them it would not be clear which one was signed and which one is judged.
fn only_timestamp(header: &str) -> Result<&str, Rejection> {
    let mut timestamps = items(header).filter(|(name, _)| *name == "t");
    match (timestamps.next(), timestamps.next()) {
        (Some((_, timestamp)), None) if !timestamp.is_empty() => Ok(timestamp),
        _ => Err(Rejection::MalformedHeader(SIGNATURE)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use time::{OffsetDateTime, macros::datetime};

    use super::{SIGNATURE, Stripe};
    use crate::{
        headers::Headers,
        providers::{Event, Provider, Rejection, tests::Signed},
        signature::sha256_hex,
    };

    /// The event and the signature that the tests of Stripe's own libraries use.
    const BODY: &str = r#"{
  "id": "evt_123",
  "object": "event",
  "account": "acct_123",
  "api_version": "2017-05-25",
  "created": 1533204620,
  "data": {
    "object": {
      "id": "ii_123",
      "object": "invoiceitem",
      "amount": 1000,
      "currency": "usd",
      "customer": "cus_123",
      "date": 1533204620,
      "description": "Test Invoice Item",
      "discountable": false,
      "invoice": "in_123",
      "livemode": false,
      "metadata": {},
      "period": {
        "start": 1533204620,
        "end": 1533204620
      },
      "plan": null,
      "proration": false,
      "quantity": null,
      "subscription": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_123",
    "idempotency_key": "idempotency-key-123"
  },
  "type": "invoiceitem.created"
}
"#;
    const HEADER: &str = "t=1533204620,v1=f0bdba6d4eacbd8ad8a3bbadd7248e633ec1477f7899c124c51b39405fa36613,v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef";
    const NOW: OffsetDateTime = datetime!(2018-08-02 10:10:20 UTC);

    fn verify(header: &str, body: &str) -> Result<(), Rejection> {
        let headers = Headers::from_iter([(SIGNATURE, header)]);
        Stripe.verify(&headers, body.as_bytes(), &["webhook_secret".into()], NOW)
    }

    fn event(json: &Value) -> Event {
        Stripe
            .read(&Headers::default(), json.to_string().as_bytes())
            .expect("an event")
    }

    #[test]
    fn the_vector_of_stripes_libraries_verifies() {
        assert_eq!(verify(HEADER, BODY), Ok(()));
        assert_eq!(
            verify(HEADER, BODY.trim_end()),
            Err(Rejection::InvalidSignature)
        );
    }

    #[test]
    fn guarantee_02_json_with_the_same_meaning_is_another_body() {
        let json: Value = serde_json::from_str(BODY).expect("JSON");
        assert_eq!(
            verify(HEADER, &json.to_string()),
            Err(Rejection::InvalidSignature)
        );
    }

    #[test]
    fn the_signature_of_test_events_proves_nothing() {
        let only_v0 = HEADER.replace("v1=", "v2=");
        assert_eq!(verify(&only_v0, BODY), Err(Rejection::InvalidSignature));
        let v0_as_v1 = HEADER.replace("v1=", "v2=").replace("v0=", "v1=");
        assert_eq!(verify(&v0_as_v1, BODY), Err(Rejection::InvalidSignature));
    }

    #[test]
    fn guarantee_07_headers_without_a_clear_time_are_malformed() {
        for header in [
            "",
            ",",
            "t",
            "t=",
            "t=now,v1=00",
            "t=-1,v1=00",
            "v1=00",
            "t=1533204620,t=1533204620,v1=00",
            "T=1533204620,v1=00",
            "t=99999999999999999999,v1=00",
        ] {
            let refused = verify(header, BODY).expect_err(header);
            let expected = if header.is_empty() {
                Rejection::MissingHeader(SIGNATURE)
            } else {
                Rejection::MalformedHeader(SIGNATURE)
            };
            assert_eq!(refused, expected, "{header}");
        }
    }

    #[test]
    fn the_whole_secret_is_the_key() {
        let mut signed = Signed::example("stripe");
        assert_eq!(signed.verify(), Ok(()));
        let bare = signed.secret.trim_start_matches("whsec_").to_owned();
        assert_ne!(bare, signed.secret);
        signed.secret = bare;
        assert_eq!(signed.verify(), Err(Rejection::InvalidSignature));
    }

    #[test]
    fn stripes_event_is_read() {
        let json: Value = serde_json::from_str(BODY).expect("JSON");
        assert_eq!(
            event(&json),
            Event {
                transaction_id: "ii_123".into(),
                event_id: "evt_123".into(),
                event_type: "invoiceitem.created".into(),
                status: "invoiceitem.created".into(),
                occurred_at: Some(NOW),
            }
        );
    }

    #[test]
    fn the_transaction_is_looked_for_in_five_places() {
        let object = json!({
            "metadata": { "transactionId": "a", "transaction_id": "b" },
            "payment_intent": "pi_1", "id": "ch_1", "status": "succeeded",
        });
        let mut json =
            json!({ "id": "evt_1", "type": "charge.succeeded", "data": { "object": object } });
        assert_eq!(event(&json).status, "succeeded");
        for (found, then_remove) in [
            ("a", "/data/object/metadata/transactionId"),
            ("b", "/data/object/metadata/transaction_id"),
            ("pi_1", "/data/object/payment_intent"),
            ("ch_1", "/data/object/id"),
        ] {
            assert_eq!(event(&json).transaction_id, found);
            *json.pointer_mut(then_remove).expect(then_remove) = json!({ "expanded": true });
        }
        assert_eq!(event(&json).transaction_id, "evt_1");
    }

    #[test]
    fn an_event_without_an_id_goes_by_its_bytes() {
        let event = event(&json!({}));
        assert_eq!(event.event_id, sha256_hex(b"{}"));
        assert_eq!(event.transaction_id, event.event_id);
        assert_eq!(event.event_type, "unknown");
        assert_eq!(event.occurred_at, None);
    }
}
