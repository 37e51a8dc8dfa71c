//! What the signature schemes have in common: keyed hashes, public keys and the replay window.
//!
//! Comparing is left to `ring`, whose functions take the same time wherever two values differ. Nothing here stops at
//! the first match or the first difference: each key is tried with each signature, so the time an answer takes does
//! not tell which of them was right.

use data_encoding::{BASE64, HEXLOWER};
use ring::{digest, hmac, signature};
use time::OffsetDateTime;

use crate::{providers::Rejection, secret::Secret};

/// How far the time of a signature may be from now, in seconds, in the past and in the future.
pub const REPLAY_WINDOW: u64 = 300;

/// How many signatures of one header are looked at. Senders that change their key send two or three, and each
/// signature by a public key costs a hash of the whole body.
pub const MOST_SIGNATURES: usize = 16;

/// Reads the seconds since 1970 that a signature header holds: digits only, since the sender signed the text as it
/// is.
///
/// # Errors
///
/// [`Rejection::MalformedHeader`] when the text is something else or too large.
pub fn sent_at(header: &'static str, text: &str) -> Result<i64, Rejection> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Rejection::MalformedHeader(header));
    }
    text.parse().map_err(|_| Rejection::MalformedHeader(header))
}

/// Refuses what was signed too long ago, so that a recorded request cannot be sent again later, and what claims to
/// come from the future, which could be kept for later.
///
/// # Errors
///
/// [`Rejection::StaleTimestamp`] when there are more than [`REPLAY_WINDOW`] seconds between the two.
pub fn check_replay_window(sent_at: i64, now: OffsetDateTime) -> Result<(), Rejection> {
    if now.unix_timestamp().abs_diff(sent_at) > REPLAY_WINDOW {
        return Err(Rejection::StaleTimestamp);
    }
    Ok(())
}

/// Collects the signatures of a header, those of unknown versions left out by the caller.
///
/// # Errors
///
/// [`Rejection::InvalidSignature`] when none is left and [`Rejection::MalformedHeader`] when there are more than
/// [`MOST_SIGNATURES`].
pub fn collect<Signature>(
    header: &'static str,
    signatures: impl Iterator<Item = Signature>,
) -> Result<Vec<Signature>, Rejection> {
    let signatures: Vec<Signature> = signatures.take(MOST_SIGNATURES + 1).collect();
    match signatures.len() {
        0 => Err(Rejection::InvalidSignature),
        1..=MOST_SIGNATURES => Ok(signatures),
        _ => Err(Rejection::MalformedHeader(header)),
    }
}

/// Checks that one of the signatures is the HMAC-SHA256 of the message under the bytes of one of the secrets. A blank
/// secret is none.
///
/// # Errors
///
/// [`Rejection::InvalidSignature`] when no secret made any of the signatures.
pub fn check_hmac_sha256(
    secrets: &[Secret],
    message: &[&[u8]],
    signatures: &[impl AsRef<[u8]>],
) -> Result<(), Rejection> {
    let found = secrets
        .iter()
        .filter(|secret| !secret.is_blank())
        .map(|secret| hmac_sha256(secret.expose().as_bytes(), message, signatures))
        .fold(false, |found, matches| found | matches);
    found.then_some(()).ok_or(Rejection::InvalidSignature)
}

/// Whether one of the signatures is the HMAC-SHA256 of the message, which comes in parts, under the key.
///
/// The message is hashed once, however many signatures a sender puts into a header. A signature is right when its
/// own HMAC is that of the right one: this comparison is `ring`'s.
pub fn hmac_sha256(key: &[u8], message: &[&[u8]], signatures: &[impl AsRef<[u8]>]) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let mut context = hmac::Context::with_key(&key);
    for part in message {
        context.update(part);
    }
    let right = hmac::sign(&key, context.sign().as_ref());
    signatures.iter().fold(false, |found, signature| {
        found | hmac::verify(&key, signature.as_ref(), right.as_ref()).is_ok()
    })
}

/// Whether one of the signatures was made over the message, which comes in parts, by the owner of the public key.
pub fn ed25519(public_key: &[u8], message: &[&[u8]], signatures: &[impl AsRef<[u8]>]) -> bool {
    if signatures.is_empty() {
        return false;
    }
    let message = message.concat();
    let key = signature::UnparsedPublicKey::new(&signature::ED25519, public_key);
    signatures.iter().fold(false, |found, signature| {
        found | key.verify(&message, signature.as_ref()).is_ok()
    })
}

/// The bytes of lower-case hex. What is no hex is an empty signature, which never matches: a broken signature must
/// not hide a good one beside it.
pub fn from_hex(text: &str) -> Vec<u8> {
    HEXLOWER.decode(text.as_bytes()).unwrap_or_default()
}

/// The bytes of padded base64; what is no base64 is an empty signature, as in [`from_hex`].
pub fn from_base64(text: &str) -> Vec<u8> {
    BASE64.decode(text.as_bytes()).unwrap_or_default()
}

/// The SHA-256 of the bytes in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::{
        MOST_SIGNATURES, check_replay_window, collect, ed25519, from_base64, from_hex, hmac_sha256,
        sent_at, sha256_hex,
    };
    use crate::providers::Rejection;

    const NOW: time::OffsetDateTime = datetime!(2026-04-09 12:34:56.9 UTC);

    #[test]
    fn guarantee_04_replay_window_is_closed_in_both_directions() {
        let now = NOW.unix_timestamp();
        for inside in [0, 1, 299, 300] {
            assert_eq!(check_replay_window(now - inside, NOW), Ok(()));
            assert_eq!(check_replay_window(now + inside, NOW), Ok(()));
        }
        for outside in [301, 302, 86_400, now] {
            let stale = Err(Rejection::StaleTimestamp);
            assert_eq!(check_replay_window(now - outside, NOW), stale);
            assert_eq!(check_replay_window(now + outside, NOW), stale);
        }
        for extreme in [i64::MIN, i64::MAX] {
            assert_eq!(
                check_replay_window(extreme, NOW),
                Err(Rejection::StaleTimestamp)
            );
        }
    }

    #[test]
    fn times_are_digits_only() {
        assert_eq!(sent_at("t", "1614265330"), Ok(1_614_265_330));
        assert_eq!(sent_at("t", "9223372036854775807"), Ok(i64::MAX));
        for text in [
            "",
            "-1",
            "+1",
            " 1",
            "1 ",
            "1.0",
            "1e9",
            "x",
            "9223372036854775808",
        ] {
            let malformed = Err(Rejection::MalformedHeader("t"));
            assert_eq!(sent_at("t", text), malformed, "{text:?}");
        }
    }

    /// Test case 2 of RFC 4231.
    #[test]
    fn hmac_is_that_of_the_rfc() {
        let right = from_hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let message: [&[u8]; 2] = [b"what do ya want ", b"for nothing?"];
        assert!(hmac_sha256(b"Jefe", &message, &[&right]));
        assert!(hmac_sha256(b"Jefe", &[&message.concat()], &[&right]));
        assert!(!hmac_sha256(b"jefe", &message, &[&right]));
        assert!(!hmac_sha256(b"Jefe", &message[..1], &[&right]));
    }

    /// Test 2 of RFC 8032, section 7.1.
    #[test]
    fn ed25519_is_that_of_the_rfc() {
        let key = from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let right = from_hex(concat!(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ));
        assert!(ed25519(&key, &[b"r"], &[&right]));
        assert!(!ed25519(&key, &[b"R"], &[&right]));
        assert!(!ed25519(&key[1..], &[b"r"], &[&right]));
        assert!(!ed25519(&key, &[b"r"], &[&right[1..]]));
        for position in 0..right.len() {
            let mut wrong = right.clone();
            wrong[position] ^= 1;
            assert!(!ed25519(&key, &[b"r"], &[&wrong]));
            assert!(ed25519(&key, &[b"r"], &[&wrong, &right]));
            assert!(ed25519(&key, &[b"r"], &[&right, &wrong]));
        }
    }

    #[test]
    fn guarantee_03_every_byte_and_every_length_of_a_signature_counts() {
        let right = from_hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let message: [&[u8]; 1] = [b"what do ya want for nothing?"];
        for position in 0..right.len() {
            let mut wrong = right.clone();
            wrong[position] ^= 1;
            assert!(!hmac_sha256(b"Jefe", &message, &[&wrong]));
            assert!(!hmac_sha256(b"Jefe", &message, &[&right[..position]]));
        }
        let longer = [right.as_slice(), &[0]].concat();
        assert!(!hmac_sha256(b"Jefe", &message, &[longer]));
    }

    #[test]
    fn guarantee_05_any_of_several_signatures_matches_and_none_does_not() {
        let right = from_hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let message: [&[u8]; 1] = [b"what do ya want for nothing?"];
        for position in 0..3 {
            let mut signatures = vec![Vec::new(), vec![0; 32], vec![1; 32]];
            signatures[position].clone_from(&right);
            assert!(hmac_sha256(b"Jefe", &message, &signatures));
        }
        let none: [&[u8]; 0] = [];
        assert!(!hmac_sha256(b"Jefe", &message, &none));
        assert!(!ed25519(&[0; 32], &message, &none));
    }

    #[test]
    fn guarantee_05_the_list_of_signatures_has_bounds() {
        assert_eq!(
            collect("s", [0; 0].into_iter()),
            Err(Rejection::InvalidSignature)
        );
        assert!(collect("s", 0..MOST_SIGNATURES).is_ok());
        assert_eq!(
            collect("s", 0..=MOST_SIGNATURES),
            Err(Rejection::MalformedHeader("s"))
        );
    }

    #[test]
    fn only_one_spelling_of_a_signature_is_read() {
        assert_eq!(from_hex("00ff"), [0, 255]);
        for text in ["00FF", "0", "0g", "00 ff", "ä"] {
            assert_eq!(from_hex(text), [0_u8; 0], "{text:?}");
        }
        assert_eq!(from_base64("AP8="), [0, 255]);
        // The last one has bits set that base64 does not use.
        for text in ["AP8", "AP8=\n", "AP_=", "ä", "AP9="] {
            assert_eq!(from_base64(text), [0_u8; 0], "{text:?}");
        }
    }

    #[test]
    fn sha256_is_that_of_the_standard() {
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
