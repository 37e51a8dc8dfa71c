//! GitHub.
//!
//! ```text
//! X-Hub-Signature-256: sha256=<hex>
//! X-GitHub-Delivery: 72d3162e-cc78-11e3-81ab-4c9367dc0958
//! X-GitHub-Event: pull_request
//! ```
//!
//! The signature is the HMAC-SHA256 of the body alone, under the bytes of the secret. So there is no time to judge,
//! and the id of the delivery is not proven: who has recorded a webhook can send it again under another id. What
//! follows from an event of this scheme must be harmless when it happens twice.

use serde_json::Value;
use time::OffsetDateTime;

use super::{Event, Path, Provider, Rejection, fields};
use crate::{headers::Headers, secret::Secret, signature};

const SIGNATURE: &str = "X-Hub-Signature-256";
const DELIVERY: &str = "X-GitHub-Delivery";
const EVENT: &str = "X-GitHub-Event";

pub(super) struct GitHub;

impl Provider for GitHub {
    fn name(&self) -> &'static str {
        "github"
    }

    fn verify(
        &self,
        headers: &Headers,
        body: &[u8],
        secrets: &[Secret],
        _now: OffsetDateTime,
    ) -> Result<(), Rejection> {
        let signatures = signature::collect(
            SIGNATURE,
            headers
                .required(SIGNATURE)?
                .strip_prefix("sha256=")
                .map(signature::from_hex)
                .into_iter(),
        )?;
        signature::check_hmac_sha256(secrets, &[body], &signatures)
    }

    fn places(&self) -> &'static [Path] {
        &[&["action"]]
    }

    fn event(&self, headers: &Headers, _body: &[u8], json: &Value) -> Result<Event, Rejection> {
        let body_fields = fields::object(json)?;
        let event_id = fields::event_id(headers.required(DELIVERY)?);
        let kind = match headers.one(EVENT)? {
            None | Some("") => "unknown".to_owned(),
            Some(kind) => fields::shorten(kind),
        };
        let action = fields::label(body_fields, &[&["action"]]);
        let event_type = match &action {
            Some(action) => fields::shorten(&format!("{kind}.{action}")),
            None => kind,
        };
        Ok(Event {
            transaction_id: fields::transaction_id_or_event(body_fields, &[], &event_id)?,
            event_id,
            status: action.unwrap_or_else(|| event_type.clone()),
            event_type,
            occurred_at: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use time::OffsetDateTime;

    use super::{DELIVERY, EVENT, GitHub, SIGNATURE};
    use crate::{
        headers::Headers,
        providers::{Event, Provider, Rejection},
    };

    const HEADER: &str = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    const ID: &str = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

    fn verify(header: &str, body: &[u8]) -> Result<(), Rejection> {
        let headers = Headers::from_iter([(SIGNATURE, header)]);
        let secrets = ["It's a Secret to Everybody".into()];
        GitHub.verify(&headers, body, &secrets, OffsetDateTime::UNIX_EPOCH)
    }

    fn event(kind: &str, json: &Value) -> Result<Event, Rejection> {
        let headers = Headers::from_iter([(DELIVERY, ID), (EVENT, kind)]);
        GitHub.read(&headers, json.to_string().as_bytes())
    }

    #[test]
    fn the_documented_vector_verifies() {
        assert_eq!(verify(HEADER, b"Hello, World!"), Ok(()));
        assert_eq!(
            verify(HEADER, b"Hello, World"),
            Err(Rejection::InvalidSignature)
        );
    }

    #[test]
    fn other_hashes_are_refused() {
        for header in [
            HEADER.trim_start_matches("sha256="),
            &HEADER.replace("sha256", "sha1"),
            &HEADER.to_uppercase(),
            &format!("{HEADER} "),
            &format!("{HEADER},{HEADER}"),
            "sha256=",
            "sha256",
        ] {
            let refused = Err(Rejection::InvalidSignature);
            assert_eq!(verify(header, b"Hello, World!"), refused, "{header}");
        }
    }

    #[test]
    fn the_kind_is_in_the_header_and_the_action_in_the_body() {
        let expected = |event_type: &str, status: &str| {
            Ok(Event {
                transaction_id: ID.into(),
                event_id: ID.into(),
                event_type: event_type.into(),
                status: status.into(),
                occurred_at: None,
            })
        };
        let opened = json!({ "action": "opened", "number": 1 });
        assert_eq!(
            event("pull_request", &opened),
            expected("pull_request.opened", "opened")
        );
        assert_eq!(event("push", &json!({})), expected("push", "push"));
        assert_eq!(
            event("", &json!({ "action": [] })),
            expected("unknown", "unknown")
        );
    }

    #[test]
    fn a_delivery_has_an_id() {
        assert_eq!(
            GitHub.read(&Headers::default(), b"{}"),
            Err(Rejection::MissingHeader(DELIVERY))
        );
    }
}
