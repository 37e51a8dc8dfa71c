//! What holds for every scheme.

use data_encoding::{BASE64, HEXLOWER};
use proptest::prelude::*;
use ring::hmac;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{Provider, Rejection, provider, providers};
use crate::{headers::Headers, secret::Secret, signature::MOST_SIGNATURES};

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

#[test]
fn each_scheme_is_found_by_its_name() {
    let names: Vec<&str> = providers().map(Provider::name).collect();
    assert_eq!(names, ALL);
    for name in ALL {
        assert_eq!(scheme(name).name(), name);
        assert_eq!(scheme(name).may_be_unsigned(), name == "generic");
        assert!(scheme(name).can_use(&SECRET.into()));
        assert!(!scheme(name).can_use(&" ".into()));
    }
    for name in ["", "Stripe", "stripe ", "paypal"] {
        assert!(provider(name).is_none());
    }
}

#[test]
fn rejections_say_what_to_send() {
    for (rejection, expected) in [
        (
            Rejection::MissingHeader("webhook-id"),
            "`webhook-id` is missing",
        ),
        (
            Rejection::MalformedHeader("webhook-id"),
            "`webhook-id` cannot be read",
        ),
        (
            Rejection::DuplicateHeader("webhook-id"),
            "`webhook-id` is there more than once",
        ),
        (Rejection::InvalidSignature, "exact bytes"),
        (Rejection::StaleTimestamp, "300 seconds"),
        (
            Rejection::MalformedBody("the body is short".into()),
            "the body is short",
        ),
        (Rejection::InvalidTransactionId, "1 to 128 characters"),
    ] {
        assert!(rejection.to_string().contains(expected), "{rejection}");
    }
}

#[test]
fn a_right_signature_is_accepted() {
    for name in ALL {
        assert_eq!(Signed::example(name).verify(), Ok(()), "{name}");
    }
}

#[test]
fn guarantee_01_a_signature_of_another_secret_is_refused() {
    for name in ALL {
        let signed = Signed::example(name);
        assert_eq!(
            signed.verify_with(&[OTHER_SECRET], Signed::now()),
            Err(Rejection::InvalidSignature),
            "{name}"
        );
    }
}

#[test]
fn guarantee_02_the_exact_bytes_are_signed() {
    for name in ALL {
        let signed = Signed::example(name);
        let same: Value = serde_json::from_slice(&signed.body).expect("JSON");
        let reordered = br#"{"type":"payment.settled","transactionId":"tx-1"}"#;
        assert_eq!(
            serde_json::from_slice::<Value>(reordered).expect("JSON"),
            same
        );
        let spaced = serde_json::to_vec_pretty(&same).expect("JSON");
        let with_newline = [&signed.body[..], b"\n"].concat();
        for body in [reordered.to_vec(), spaced, with_newline, Vec::new()] {
            let mut signed = signed.clone();
            signed.body = body;
            assert_eq!(signed.verify(), Err(Rejection::InvalidSignature), "{name}");
        }
        // What is no UTF-8 is signed like anything else.
        let binary = Signed::new(name, SECRET, "msg-1", SENT_AT, &[0xff, 0, 0x80]);
        assert_eq!(binary.verify(), Ok(()), "{name}");
    }
}

/// Comparing with `==` or leaving a loop early would tell how much of a forged signature is right. The schemes do not
/// touch signatures but hand them to `signature.rs`, and that compares with ring's verifying functions.
#[test]
fn guarantee_03_only_verify_functions_compare_signatures() {
    let code = |source: &'static str| source.split("#[cfg(test)]").next().expect("code");
    let shared = code(include_str!("../signature.rs"));
    assert!(shared.contains("hmac::verify(&key, signature.as_ref(), right.as_ref())"));
    assert!(shared.contains("key.verify(&message, signature.as_ref())"));
    for word in [
        "==",
        "!=",
        ".any(",
        ".find(",
        ".contains(",
        "starts_with",
        "return Ok",
        "break",
    ] {
        assert!(!shared.contains(word), "`{word}` in signature.rs");
    }
    for source in [
        include_str!("generic.rs"),
        include_str!("github.rs"),
        include_str!("standard_webhooks.rs"),
        include_str!("stripe.rs"),
    ] {
        for word in ["ring::", "hmac::", "signatures ==", "== signature", ".any("] {
            assert!(!code(source).contains(word), "`{word}` in {}", code(source));
        }
    }
}

#[test]
fn guarantee_04_replay_window_is_closed_in_both_directions() {
    for name in TIMED {
        let signed = Signed::example(name);
        for (seconds, expected) in [
            (0, Ok(())),
            (299, Ok(())),
            (300, Ok(())),
            (301, Err(Rejection::StaleTimestamp)),
            (86_400, Err(Rejection::StaleTimestamp)),
        ] {
            for distance in [seconds, -seconds] {
                let now = at(SENT_AT + distance);
                assert_eq!(
                    signed.verify_with(&[SECRET], now),
                    expected,
                    "{name}, {distance} s"
                );
            }
        }
    }
}

/// Whoever has no secret does not learn whether a time would have been accepted.
#[test]
fn a_forged_and_stale_signature_is_a_forged_one() {
    for name in TIMED {
        let forged = Signed::example(name);
        assert_eq!(
            forged.verify_with(&[OTHER_SECRET], at(SENT_AT + 301)),
            Err(Rejection::InvalidSignature),
            "{name}"
        );
    }
}

#[test]
fn guarantee_05_any_of_several_signatures_is_enough() {
    for name in TIMED {
        let mut signed = Signed::example(name);
        let right = signature(name, SECRET, "msg-1", SENT_AT, &signed.body);
        let wrong = signature(name, OTHER_SECRET, "msg-1", SENT_AT, &signed.body);
        let broken = format!("{}x", &wrong[..wrong.len() - 1]);
        let unknown = wrong.replace("v1", "v9").replace("sha256", "sha512");
        for position in 0..=3 {
            let mut list = vec![wrong.clone(), broken.clone(), unknown.clone()];
            list.insert(position, right.clone());
            signed.replace_signatures(&list);
            assert_eq!(signed.verify(), Ok(()), "{name}, {list:?}");
        }
        signed.replace_signatures(&[wrong, broken, unknown]);
        assert_eq!(signed.verify(), Err(Rejection::InvalidSignature), "{name}");
    }
}

#[test]
fn guarantee_05_unknown_versions_alone_are_an_empty_list() {
    for name in ALL {
        let mut signed = Signed::example(name);
        let right = signature(name, SECRET, "msg-1", SENT_AT, &signed.body);
        let unknown = right.replace("v1", "v9").replace("sha256", "sha512");
        for list in [vec![unknown.clone(), unknown], vec![" ".into()]] {
            signed.replace_signatures(&list);
            assert_eq!(signed.verify(), Err(Rejection::InvalidSignature), "{name}");
        }
    }
}

#[test]
fn guarantee_05_a_flood_of_signatures_is_refused() {
    for name in TIMED {
        let mut signed = Signed::example(name);
        let right = signature(name, SECRET, "msg-1", SENT_AT, &signed.body);
        signed.replace_signatures(&vec![right.clone(); MOST_SIGNATURES]);
        assert_eq!(signed.verify(), Ok(()), "{name}");
        signed.replace_signatures(&vec![right; MOST_SIGNATURES + 1]);
        assert!(
            matches!(signed.verify(), Err(Rejection::MalformedHeader(_))),
            "{name}"
        );
    }
}

#[test]
fn guarantee_06_two_active_secrets_both_verify() {
    for name in ALL {
        let old = Signed::example(name);
        let new = Signed::new(name, OTHER_SECRET, "msg-1", SENT_AT, &old.body);
        for both in [[SECRET, OTHER_SECRET], [OTHER_SECRET, SECRET]] {
            assert_eq!(old.verify_with(&both, Signed::now()), Ok(()), "{name}");
            assert_eq!(new.verify_with(&both, Signed::now()), Ok(()), "{name}");
        }
        let only_new = [OTHER_SECRET];
        assert_eq!(new.verify_with(&only_new, Signed::now()), Ok(()), "{name}");
        assert_eq!(
            old.verify_with(&only_new, Signed::now()),
            Err(Rejection::InvalidSignature),
            "{name}"
        );
    }
}

#[test]
fn guarantee_06_an_unusable_secret_verifies_nothing_and_hides_nothing() {
    for name in ALL {
        let signed = Signed::example(name);
        for secrets in [&["", " "][..], &["", SECRET], &[SECRET, "\n"]] {
            let expected = if secrets.contains(&SECRET) {
                Ok(())
            } else {
                Err(Rejection::InvalidSignature)
            };
            assert_eq!(
                signed.verify_with(secrets, Signed::now()),
                expected,
                "{name}"
            );
        }
        if !is_standard(name) {
            let by_nothing = Signed::new(name, "", "msg-1", SENT_AT, &signed.body);
            assert_eq!(
                by_nothing.verify_with(&[""], Signed::now()),
                Err(Rejection::InvalidSignature),
                "{name}"
            );
        }
        if name != "generic" {
            assert_eq!(
                signed.verify_with(&[], Signed::now()),
                Err(Rejection::InvalidSignature),
                "{name}"
            );
        }
    }
}

#[test]
fn guarantee_07_each_header_is_needed_once_and_in_ascii() {
    for name in ALL {
        let signed = Signed::example(name);
        for index in 0..signed.headers.len() {
            let header = signed.headers[index].0;
            if header.starts_with("x-github-") {
                continue;
            }
            let named = |refused: &Rejection| match refused {
                Rejection::MissingHeader(named)
                | Rejection::MalformedHeader(named)
                | Rejection::DuplicateHeader(named) => named.eq_ignore_ascii_case(header),
                _ => false,
            };

            let mut missing = signed.clone();
            missing.headers.remove(index);
            let refused = missing.verify().expect_err(header);
            assert!(matches!(refused, Rejection::MissingHeader(_)) && named(&refused));

            let mut twice = signed.clone();
            twice.headers.push(signed.headers[index].clone());
            let refused = twice.verify().expect_err(header);
            assert!(matches!(refused, Rejection::DuplicateHeader(_)) && named(&refused));

            for value in ["ä".to_owned(), "\u{0}".to_owned(), "1".repeat(8193)] {
                let mut malformed = signed.clone();
                malformed.headers[index].1 = value;
                let refused = malformed.verify().expect_err(header);
                assert!(matches!(refused, Rejection::MalformedHeader(_)) && named(&refused));
            }
        }
    }
}

#[test]
fn guarantee_11_unknown_event_types_are_accepted() {
    for name in ALL {
        let headers: Headers = Signed::example(name)
            .headers
            .into_iter()
            .filter(|(header, _)| *header != "x-github-event")
            .collect();
        for (kind, expected) in [
            (json!("brand.new.type"), "brand.new.type"),
            (json!(7), "7"),
            (json!(null), "unknown"),
            (json!(["list"]), "unknown"),
            (json!({ "a": 1 }), "unknown"),
            (json!(""), "unknown"),
        ] {
            let json = json!({ "transactionId": "tx-1", "id": "e-1", "type": kind });
            let body = json.to_string();
            let event = scheme(name).read(&headers, body.as_bytes()).expect(name);
            let expected = if name == "github" {
                "unknown"
            } else {
                expected
            };
            assert_eq!(event.event_type, expected, "{name}: {json}");
            assert_eq!(event.status, expected, "{name}: {json}");
        }
    }
}

#[test]
fn bodies_that_are_no_objects_are_malformed() {
    for name in ALL {
        let headers: Headers = Signed::example(name).headers.into_iter().collect();
        for json in [json!(null), json!([]), json!("text"), json!(1)] {
            let refused = scheme(name).read(&headers, json.to_string().as_bytes());
            assert!(
                matches!(refused, Err(Rejection::MalformedBody(_))),
                "{name}: {json}"
            );
        }
    }
}

/// Values of headers: anything, and what looks like the real ones.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,80}",
        "[0-9]{0,22}",
        "(t=[0-9]{0,12},?|v[01]a?[=,][0-9a-f+/=]{0,66},? ?|sha256=[0-9a-f]{0,66},?){0,6}",
        Just(SENT_AT.to_string()),
        (8190..8196_usize).prop_map(|length| "v1,AA== ".chars().cycle().take(length).collect()),
    ]
}

fn headers() -> impl Strategy<Value = Headers> {
    let name = prop_oneof![
        9 => proptest::sample::select(
            ALL.iter()
                .flat_map(|name| Signed::example(name).headers)
                .map(|(name, _)| name.to_owned())
                .collect::<Vec<_>>()
        ),
        1 => any::<String>(),
    ];
    proptest::collection::vec((name, value()), 0..16).prop_map(Headers::from_iter)
}

/// JSON that is anything, with the names that the schemes look for.
fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})"
            .prop_map(Value::from),
        "[A-Za-z0-9._:@-]{0,210}".prop_map(Value::from),
    ];
    let name = prop_oneof![
        proptest::sample::select(vec![
            "transactionId",
            "transaction_id",
            "data",
            "object",
            "metadata",
            "id",
            "eventId",
            "type",
            "eventType",
            "status",
            "timestamp",
            "created",
            "payment_intent",
            "action",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    leaf.prop_recursive(4, 48, 8, move |inner| {
        prop_oneof![
            1 => proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            5 => proptest::collection::vec((name.clone(), inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// The place of a change, and the byte that comes there.
fn changed(text: &[u8], place: prop::sample::Index, byte: u8, ascii: bool) -> Option<Vec<u8>> {
    let mut text = text.to_vec();
    let place = place.index(text.len().max(1));
    let place = text.get_mut(place)?;
    let byte = if ascii { byte & 0x7f } else { byte };
    *place = if *place == byte { byte ^ 1 } else { byte };
    Some(text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn guarantee_07_nothing_that_is_sent_causes_a_panic(
        headers in headers(),
        body in proptest::collection::vec(any::<u8>(), 0..200),
        json in tree(),
        secret in prop_oneof![Just(SECRET.to_owned()), any::<String>(), "wh(sec|pk)_[A-Za-z0-9+/]{0,90}={0,2}"],
    ) {
        for provider in providers() {
            let verified = provider.verify(&headers, &body, &[secret.as_str().into()], at(SENT_AT));
            prop_assert!(verified.is_err());
            let event = provider.read(&headers, json.to_string().as_bytes());
            let is_object = serde_json::from_slice::<serde_json::Map<_, Value>>(&body).is_ok();
            prop_assert!(provider.read(&headers, &body).is_err() || is_object);
            if let Ok(event) = event {
                prop_assert!((1..=128).contains(&event.transaction_id.len()));
                prop_assert!((1..=200).contains(&event.event_id.len()));
                for id in [&event.transaction_id, &event.event_id] {
                    prop_assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:@-".contains(&byte)));
                }
                for label in [&event.event_type, &event.status] {
                    prop_assert!((1..=200).contains(&label.chars().count()));
                    prop_assert!(!label.chars().any(char::is_control));
                }
                if let Some(time) = event.occurred_at {
                    prop_assert!((1970..=9999).contains(&time.year()) && time.offset().is_utc());
                }
            }
        }
    }

    #[test]
    fn guarantee_02_a_changed_byte_anywhere_is_refused(
        scheme in proptest::sample::select(ALL.to_vec()),
        id in "[!-~]{1,40}",
        distance in -300..=300_i64,
        body in proptest::collection::vec(any::<u8>(), 0..120),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let signed = Signed::new(scheme, SECRET, &id, SENT_AT + distance, &body);
        prop_assert_eq!(signed.verify(), Ok(()));

        let mut other = signed.clone();
        if let Some(body) = changed(&body, place, byte, false) {
            other.body = body;
            prop_assert_eq!(other.verify(), Err(Rejection::InvalidSignature));
        }
        // GitHub signs neither the delivery's id nor the name of the event.
        let signed_headers = signed.headers.iter().enumerate()
            .filter(|(_, (name, _))| !name.starts_with("x-github-"));
        for (index, (_, value)) in signed_headers {
            let value = changed(value.as_bytes(), place, byte, true).expect("a value that is not empty");
            let mut other = signed.clone();
            other.headers[index].1 = String::from_utf8(value).expect("ASCII");
            prop_assert!(other.verify().is_err(), "{:?}", other);
        }
    }
}
