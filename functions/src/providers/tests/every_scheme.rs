//! What holds for every scheme.

use serde_json::{Value, json};

use super::super::{Rejection, provider, providers};
use super::*;
use crate::signature::MOST_SIGNATURES;

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
    let shared = code(include_str!("../../signature.rs"));
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
        include_str!("../generic.rs"),
        include_str!("../github.rs"),
        include_str!("../standard_webhooks.rs"),
        include_str!("../stripe.rs"),
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
