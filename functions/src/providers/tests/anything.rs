//! What holds whatever is sent.

use proptest::prelude::*;
use serde_json::Value;

use super::super::providers;
use super::*;

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
