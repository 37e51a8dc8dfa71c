//! What credentials look like, and what they are called.

use crate::value::{Part, Value, ValueKind};

/// How credentials begin, and what they are.
const PREFIXES: [(&str, &str); 7] = [
    ("whsec_", "a webhook signing secret"),
    ("ghp_", "a GitHub token"),
    ("github_pat_", "a GitHub token"),
    ("sk_live_", "a Stripe key"),
    ("rk_live_", "a Stripe key"),
    ("xoxb-", "a Slack token"),
    ("xoxp-", "a Slack token"),
];

/// How the names of variables that hold a secret end.
const SUFFIXES: [&str; 7] = [
    "SECRET",
    "SECRET_KEY",
    "PASSWORD",
    "TOKEN",
    "PRIVATE_KEY",
    "API_KEY",
    "ACCESS_KEY",
];

/// What the literal text in a value looks like, if it looks like a credential.
pub(super) fn credential(value: &Value) -> Option<&'static str> {
    let mut found = None;
    value.walk(&mut |value| match &value.kind {
        ValueKind::String(text) => found = found.or_else(|| shape(text)),
        ValueKind::Template(parts) => {
            for part in parts {
                if let Part::Text(text) = part {
                    found = found.or_else(|| shape(text));
                }
            }
        }
        _ => {}
    });
    found
}

fn shape(text: &str) -> Option<&'static str> {
    if has_access_key(text) {
        return Some("an AWS access key");
    }
    if has_private_key(text) {
        return Some("a private key");
    }
    PREFIXES
        .into_iter()
        .find(|(prefix, _)| {
            words(text, prefix)
                .any(|rest| rest.starts_with(|next: char| next.is_ascii_alphanumeric()))
        })
        .map(|(_, kind)| kind)
}

/// What follows each `prefix` that begins a word.
fn words<'t>(text: &'t str, prefix: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(prefix).filter_map(move |(index, _)| {
        let before = text.get(..index)?;
        let is_inside = before.ends_with(|last: char| last.is_ascii_alphanumeric() || last == '_');
        if is_inside {
            None
        } else {
            text.get(index + prefix.len()..)
        }
    })
}

/// `AKIA` or `ASIA`, and sixteen capital letters or digits.
fn has_access_key(text: &str) -> bool {
    ["AKIA", "ASIA"].into_iter().any(|prefix| {
        words(text, prefix).any(|rest| {
            let length = rest.chars().take_while(char::is_ascii_alphanumeric).count();
            length == 16
                && rest
                    .chars()
                    .take(16)
                    .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
        })
    })
}

/// A PEM block that is neither a certificate nor a public key.
fn has_private_key(text: &str) -> bool {
    let begin = "-----BEGIN";
    text.match_indices(begin).any(|(index, _)| {
        let rest = text.get(index + begin.len()..).unwrap_or_default();
        let label = rest.split("-----").next().unwrap_or_default();
        !label.contains("CERTIFICATE") && !label.contains("PUBLIC KEY")
    })
}

/// Whether a name says that what it stands for is a secret.
pub(super) fn names_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase().replace('-', "_");
    SUFFIXES.into_iter().any(|suffix| name.ends_with(suffix))
}
