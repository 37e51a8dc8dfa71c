//! Standard Webhooks, and Svix, whose scheme it was: they differ in the names of the headers only.
//!
//! ```text
//! webhook-id: msg_2KWPBgLlAfxdpx2AI54pPJ85f4W
//! webhook-timestamp: 1614265330
//! webhook-signature: v1,<base64> [v1,<base64>] [v1a,<base64>]
//! ```
//!
//! What is signed is `<id>.<timestamp>.<body>`. `v1` is HMAC-SHA256 under the key in a `whsec_` secret, `v1a` is
//! ed25519 and is checked with a `whpk_` public key. A kind of key is tried with its own kind of signature only.

use serde_json::Value;
use time::OffsetDateTime;

use super::{Event, Path, Provider, Rejection, fields};
use crate::{headers::Headers, secret::Secret, signature};

pub(super) const STANDARD_WEBHOOKS: StandardWebhooks = StandardWebhooks {
    name: "standard-webhooks",
    id: "webhook-id",
    timestamp: "webhook-timestamp",
    signature: "webhook-signature",
};

pub(super) const SVIX: StandardWebhooks = StandardWebhooks {
    name: "svix",
    id: "svix-id",
    timestamp: "svix-timestamp",
    signature: "svix-signature",
};

pub(super) struct StandardWebhooks {
    name: &'static str,
    id: &'static str,
    timestamp: &'static str,
    signature: &'static str,
}

impl Provider for StandardWebhooks {
    fn name(&self) -> &'static str {
        self.name
    }

    fn can_use(&self, secret: &Secret) -> bool {
        Key::of(secret).is_some()
    }

    fn verify(
        &self,
        headers: &Headers,
        body: &[u8],
        secrets: &[Secret],
        now: OffsetDateTime,
    ) -> Result<(), Rejection> {
        let id = headers.required(self.id)?;
        let timestamp = headers.required(self.timestamp)?;
        let sent_at = signature::sent_at(self.timestamp, timestamp)?;
        let signatures = signature::collect(
            self.signature,
            headers
                .required(self.signature)?
                .split(' ')
                .filter_map(read_signature),
        )?;
        let of = |version: Version| -> Vec<&[u8]> {
            let of_version = signatures.iter().filter(|(other, _)| *other == version);
            of_version.map(|(_, bytes)| bytes.as_slice()).collect()
        };
        let (keyed, public) = (of(Version::Keyed), of(Version::Public));
        let message = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
        let matches = secrets
            .iter()
            .filter_map(Key::of)
            .fold(false, |found, key| {
                found
                    | match key {
                        Key::Shared(key) => signature::hmac_sha256(&key, &message, &keyed),
                        Key::Public(key) => signature::ed25519(&key, &message, &public),
                    }
            });
        if !matches {
            return Err(Rejection::InvalidSignature);
        }
        signature::check_replay_window(sent_at, now)
    }

    fn places(&self) -> &'static [Path] {
        &[
            &["type"],
            &["timestamp"],
            &["transactionId"],
            &["data", "id"],
            &["data", "status"],
            &["data", "transactionId"],
            &["data", "transaction_id"],
        ]
    }

    fn event(&self, headers: &Headers, _body: &[u8], json: &Value) -> Result<Event, Rejection> {
        let body_fields = fields::object(json)?;
        let event_id = fields::event_id(headers.required(self.id)?);
        let event_type =
            fields::label(body_fields, &[&["type"]]).unwrap_or_else(|| "unknown".to_owned());
        Ok(Event {
            transaction_id: fields::transaction_id_or_event(
                body_fields,
                &[
                    &["data", "transactionId"],
                    &["data", "transaction_id"],
                    &["transactionId"],
                    &["data", "id"],
                ],
                &event_id,
            )?,
            event_id,
            status: fields::label(body_fields, &[&["data", "status"]])
                .unwrap_or_else(|| event_type.clone()),
            event_type,
            occurred_at: fields::time(body_fields, &["timestamp"]),
        })
    }
}

#[derive(PartialEq)]
enum Version {
    Keyed,
    Public,
}

fn read_signature(item: &str) -> Option<(Version, Vec<u8>)> {
    let (version, text) = item.split_once(',')?;
    let version = match version {
        "v1" => Version::Keyed,
        "v1a" => Version::Public,
        _ => return None,
    };
    Some((version, signature::from_base64(text)))
}

/// What a secret holds.
enum Key {
    Shared(Vec<u8>),
    Public(Vec<u8>),
}

impl Key {
    /// A key that can be used: the specification asks for 24 to 64 bytes of a shared one, and a public one has 32.
    fn of(secret: &Secret) -> Option<Self> {
        let text = secret.expose();
        if let Some(text) = text.strip_prefix("whpk_") {
            let key = signature::from_base64(text);
            return (key.len() == 32).then_some(Self::Public(key));
        }
        let key = signature::from_base64(text.strip_prefix("whsec_").unwrap_or(text));
        (24..=64).contains(&key.len()).then_some(Self::Shared(key))
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;
    use serde_json::{Value, json};
    use standardwebhooks::Webhook;
    use time::{OffsetDateTime, macros::datetime};

    use super::{STANDARD_WEBHOOKS, SVIX};
    use crate::{
        headers::Headers,
        providers::{
            Event, Provider, Rejection,
            tests::{Signed, hmac_of},
        },
        secret::Secret,
        signature::sha256_hex,
    };

    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const PUBLIC_KEY: &str = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
    const PRIVATE_KEY: &str = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    const PUBLIC_SIGNATURE: &str = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";
    const NOW: OffsetDateTime = datetime!(2021-02-25 15:02:10 UTC);

    fn verify(signature: &str, secret: &str) -> Result<(), Rejection> {
        let standard = Headers::from_iter([
            ("webhook-id", ID),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", signature),
        ]);
        let svix = Headers::from_iter([
            ("svix-id", ID),
            ("svix-timestamp", "1614265330"),
            ("svix-signature", signature),
        ]);
        let secrets = [Secret::new(secret)];
        let answer = STANDARD_WEBHOOKS.verify(&standard, BODY, &secrets, NOW);
        assert_eq!(answer, SVIX.verify(&svix, BODY, &secrets, NOW));
        answer
    }

    #[test]
    fn published_vectors_verify() {
        assert_eq!(verify(SIGNATURE, SECRET), Ok(()));
        assert_eq!(
            verify(SIGNATURE, SECRET.trim_start_matches("whsec_")),
            Ok(())
        );
        assert_eq!(verify(PUBLIC_SIGNATURE, PUBLIC_KEY), Ok(()));

        let headers = Headers::from_iter([
            ("Webhook-Id", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk"),
            ("Webhook-Timestamp", "1649367553"),
            (
                "Webhook-Signature",
                "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
            ),
        ]);
        let answer = STANDARD_WEBHOOKS.verify(
            &headers,
            br#"{"email":"test@example.com","username":"test_user"}"#,
            &["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD".into()],
            datetime!(2022-04-07 21:39:13 UTC),
        );
        assert_eq!(answer, Ok(()));
    }

    #[test]
    fn a_key_is_tried_with_its_own_kind_of_signature_only() {
        let text = |signature: &str| signature.split_once(',').expect("a comma").1.to_owned();
        for (signature, secret) in [
            (SIGNATURE.to_owned(), PUBLIC_KEY),
            (PUBLIC_SIGNATURE.to_owned(), SECRET),
            (PUBLIC_SIGNATURE.to_owned(), PRIVATE_KEY),
            (format!("v1a,{}", text(SIGNATURE)), SECRET),
            (format!("v1,{}", text(PUBLIC_SIGNATURE)), PUBLIC_KEY),
        ] {
            assert_eq!(
                verify(&signature, secret),
                Err(Rejection::InvalidSignature),
                "{signature}"
            );
        }
        // The public key is public: it must never count as a shared one.
        let public = BASE64
            .decode(&PUBLIC_KEY.as_bytes()["whpk_".len()..])
            .expect("base64");
        let forged = hmac_of(&public, &[ID.as_bytes(), b".1614265330.", BODY].concat());
        let forged = format!("v1,{}", BASE64.encode(&forged));
        assert_eq!(
            verify(&forged, PUBLIC_KEY),
            Err(Rejection::InvalidSignature)
        );
    }

    #[test]
    fn guarantee_05_both_kinds_of_signatures_stand_in_one_header() {
        let list = format!("v1,AAAA v2,x {PUBLIC_SIGNATURE}  {SIGNATURE} v1");
        assert_eq!(verify(&list, SECRET), Ok(()));
        assert_eq!(verify(&list, PUBLIC_KEY), Ok(()));
    }

    #[test]
    fn secrets_that_cannot_be_keys_verify_nothing() {
        let of_length = |length: usize| format!("whsec_{}", BASE64.encode(&vec![7; length]));
        for (length, usable) in [(0, false), (23, false), (24, true), (64, true), (65, false)] {
            let secret = of_length(length);
            assert_eq!(
                STANDARD_WEBHOOKS.can_use(&secret.as_str().into()),
                usable,
                "{length}"
            );
            let signed = hmac_of(
                &vec![7; length],
                &[ID.as_bytes(), b".1614265330.", BODY].concat(),
            );
            let answer = verify(&format!("v1,{}", BASE64.encode(&signed)), &secret);
            assert_eq!(answer.is_ok(), usable, "{length}");
        }
        for secret in [
            "",
            "whsec_",
            "whpk_",
            "whpk_AAAA",
            "whsec_not base64",
            "plain words, no base64 at all",
            SIGNATURE,
            PRIVATE_KEY,
            "whsec_whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
        ] {
            assert!(!SVIX.can_use(&secret.into()), "{secret}");
            assert_eq!(
                verify(SIGNATURE, secret),
                Err(Rejection::InvalidSignature),
                "{secret}"
            );
        }
    }

    #[test]
    fn svix_and_standard_headers_are_not_mixed() {
        let mut signed = Signed::example("svix");
        signed.scheme = "standard-webhooks";
        assert_eq!(signed.verify(), Err(Rejection::MissingHeader("webhook-id")));
    }

    proptest::proptest! {
        #[test]
        fn the_reference_library_and_this_one_agree(
            key in proptest::collection::vec(proptest::num::u8::ANY, 24..=64),
            id in "[!-~]{1,60}",
            body in ".{0,200}",
        ) {
            let secret = format!("whsec_{}", BASE64.encode(&key));
            let theirs = Webhook::new(&secret).expect("a secret");
            let now = OffsetDateTime::now_utc();
            let timestamp = now.unix_timestamp().to_string();
            let headers = |signature: &str| Headers::from_iter([
                ("webhook-id", id.as_str()),
                ("webhook-timestamp", &timestamp),
                ("webhook-signature", signature),
            ]);

            let signature = theirs.sign(&id, now.unix_timestamp(), body.as_bytes()).expect("a signature");
            let secrets = [Secret::new(secret)];
            proptest::prop_assert_eq!(
                STANDARD_WEBHOOKS.verify(&headers(&signature), body.as_bytes(), &secrets, now),
                Ok(())
            );
            let other = [body.as_bytes(), b" "].concat();
            proptest::prop_assert_eq!(
                STANDARD_WEBHOOKS.verify(&headers(&signature), &other, &secrets, now),
                Err(Rejection::InvalidSignature)
            );

            let ours = hmac_of(&key, format!("{id}.{timestamp}.{body}").as_bytes());
            let mut map = http::HeaderMap::new();
            for (name, value) in [
                ("webhook-id", &id),
                ("webhook-timestamp", &timestamp),
                ("webhook-signature", &format!("v1,{}", BASE64.encode(&ours))),
            ] {
                map.insert(name, value.parse().expect("a header"));
            }
            proptest::prop_assert!(theirs.verify(body.as_bytes(), &map).is_ok());
        }
    }

    fn event(json: &Value) -> Result<Event, Rejection> {
        let headers = Headers::from_iter([("webhook-id", ID)]);
        STANDARD_WEBHOOKS.read(&headers, json.to_string().as_bytes())
    }

    #[test]
    fn a_full_body_is_read() {
        let json = json!({
            "type": "invoice.paid", "timestamp": "2022-11-03T20:26:10.344522Z",
            "transactionId": "c",
            "data": { "id": "d", "transactionId": "a", "transaction_id": "b", "status": "paid" },
        });
        assert_eq!(
            event(&json),
            Ok(Event {
                transaction_id: "a".into(),
                event_id: ID.into(),
                event_type: "invoice.paid".into(),
                status: "paid".into(),
                occurred_at: Some(datetime!(2022-11-03 20:26:10.344522 UTC)),
            })
        );
    }

    #[test]
    fn the_transaction_is_looked_for_in_five_places() {
        for (json, expected) in [
            (
                json!({ "data": { "transaction_id": "b", "id": "d" }, "transactionId": "c" }),
                "b",
            ),
            (json!({ "data": { "id": "d" }, "transactionId": "c" }), "c"),
            (json!({ "data": { "id": 7 } }), "7"),
            (json!({ "data": "text" }), ID),
            (json!({}), ID),
        ] {
            let event = event(&json).expect("an event");
            assert_eq!(event.transaction_id, expected);
            assert_eq!(event.event_type, "unknown");
            assert_eq!(event.status, "unknown");
        }
    }

    #[test]
    fn an_id_that_cannot_be_a_key_becomes_its_hash() {
        let headers = Headers::from_iter([("svix-id", "msg/1")]);
        let event = SVIX.read(&headers, b"{}").expect("an event");
        assert_eq!(event.event_id, sha256_hex(b"msg/1"));
        assert_eq!(event.transaction_id, event.event_id);
    }
}
