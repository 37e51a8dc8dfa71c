//! Reading bodies whose senders may change them at any time: what is missing or of another type is simply not there.

use serde_json::{Map, Value};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

use super::Rejection;
use crate::signature::sha256_hex;

/// The longest transaction id.
const LONGEST_TRANSACTION_ID: usize = 128;
/// The longest event id that is kept as it is.
const LONGEST_EVENT_ID: usize = 200;
/// The longest type or state, in characters: a sender's mistake must not fill the table's items.
const LONGEST_LABEL: usize = 200;
/// From here on a number is a time in milliseconds; in seconds it would be the year 5138.
const FIRST_MILLISECONDS: u64 = 100_000_000_000;

/// The fields of a body.
pub(super) fn object(json: &Value) -> Result<&Map<String, Value>, Rejection> {
    json.as_object().ok_or_else(|| {
        Rejection::MalformedBody("the body is not a JSON object; send `{…}`".to_owned())
    })
}

/// What is at a path of names.
pub(super) fn at<'json>(fields: &'json Map<String, Value>, path: &[&str]) -> Option<&'json Value> {
    let (first, rest) = path.split_first()?;
    rest.iter()
        .try_fold(fields.get(*first)?, |value, name| value.get(name))
}

/// The text at a path; whole numbers count as their digits. Others do not: a number with more digits than a `f64`
/// holds would be the same as its neighbours.
pub(super) fn text(fields: &Map<String, Value>, path: &[&str]) -> Option<String> {
    match at(fields, path)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}

/// The first of the paths with a text, as a name of a kind or a state: short and without control characters, which
/// SQS refuses.
pub(super) fn label(fields: &Map<String, Value>, paths: &[&[&str]]) -> Option<String> {
    paths
        .iter()
        .find_map(|path| text(fields, path))
        .map(|text| shorten(&text))
}

/// The text as a label.
pub(super) fn shorten(text: &str) -> String {
    text.chars()
        .take(LONGEST_LABEL)
        .map(|character| match character {
            character if character.is_control() => char::REPLACEMENT_CHARACTER,
            '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
            character => character,
        })
        .collect()
}

/// Whether a transaction can go by this id: 1 to 128 letters, digits and `._:@-`.
pub fn is_transaction_id(text: &str) -> bool {
    is_id(text, LONGEST_TRANSACTION_ID)
}

/// The text as a transaction id.
pub(super) fn transaction_id(text: String) -> Result<String, Rejection> {
    if is_transaction_id(&text) {
        Ok(text)
    } else {
        Err(Rejection::InvalidTransactionId)
    }
}

/// The transaction id at the first of the paths that has a text. A webhook that names none is a transaction of its
/// own, under its event's id.
pub(super) fn transaction_id_or_event(
    fields: &Map<String, Value>,
    paths: &[&[&str]],
    event_id: &str,
) -> Result<String, Rejection> {
    match paths.iter().find_map(|path| text(fields, path)) {
        Some(text) => transaction_id(text),
        None => Ok(id_or_hash(event_id, LONGEST_TRANSACTION_ID)),
    }
}

/// The text as an event id. An id that cannot be a part of a key is replaced by its hash, which is as good for telling
/// events apart.
pub(super) fn event_id(text: &str) -> String {
    id_or_hash(text, LONGEST_EVENT_ID)
}

fn id_or_hash(text: &str, longest: usize) -> String {
    if is_id(text, longest) {
        text.to_owned()
    } else {
        sha256_hex(text.as_bytes())
    }
}

/// Ids become parts of paths, where one or two periods alone would mean a folder.
fn is_id(text: &str, longest: usize) -> bool {
    (1..=longest).contains(&text.len())
        && text != "."
        && text != ".."
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._:@-".contains(&byte))
}

/// The time at a path: RFC 3339, or seconds or milliseconds since 1970, as a number or as text. Times before 1970
/// and after 9999 are mistakes, and they would not sort among the others.
pub(super) fn time(fields: &Map<String, Value>, path: &[&str]) -> Option<OffsetDateTime> {
    let time = match at(fields, path)? {
        Value::String(text) => match text.parse() {
            Ok(number) => since_1970(number)?,
            // An offset can lead out of the years that there are.
            Err(_) => OffsetDateTime::parse(text, &Rfc3339)
                .ok()?
                .checked_to_offset(UtcOffset::UTC)?,
        },
        Value::Number(number) => since_1970(number.as_u64()?)?,
        _ => return None,
    };
    (1970..=9999).contains(&time.year()).then_some(time)
}

fn since_1970(number: u64) -> Option<OffsetDateTime> {
    let milliseconds = if number > FIRST_MILLISECONDS {
        i128::from(number)
    } else {
        i128::from(number) * 1000
    };
    OffsetDateTime::from_unix_timestamp_nanos(milliseconds * 1_000_000).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};
    use time::{OffsetDateTime, macros::datetime};

    use super::{at, event_id, label, object, text, time, transaction_id, transaction_id_or_event};
    use crate::{providers::Rejection, signature::sha256_hex};

    fn fields(json: &Value) -> &Map<String, Value> {
        object(json).expect("an object")
    }

    fn time_of(value: impl Into<Value>) -> Option<OffsetDateTime> {
        time(fields(&json!({ "time": value.into() })), &["time"])
    }

    #[test]
    fn only_objects_have_fields() {
        assert!(object(&json!({})).is_ok());
        for json in [json!(null), json!([]), json!("{}"), json!(1), json!(true)] {
            assert!(matches!(object(&json), Err(Rejection::MalformedBody(_))));
        }
    }

    #[test]
    fn paths_end_where_a_value_is_of_another_type() {
        let json = json!({ "a": { "b": 1 }, "c": [{ "b": 2 }], "d": "text" });
        assert_eq!(at(fields(&json), &["a", "b"]), Some(&json!(1)));
        for path in [
            &["a", "x"][..],
            &["c", "b"],
            &["d", "b"],
            &["a", "b", "c"],
            &[],
        ] {
            assert_eq!(at(fields(&json), path), None, "{path:?}");
        }
    }

    #[test]
    fn whole_numbers_are_text_and_others_are_not() {
        for (value, expected) in [
            (json!("x"), Some("x")),
            (json!(42), Some("42")),
            (json!(-1), Some("-1")),
            (json!(u64::MAX), Some("18446744073709551615")),
            (json!(1.5), None),
            (json!(1e30), None),
            (json!(""), None),
            (json!(null), None),
            (json!(true), None),
            (json!(["x"]), None),
            (json!({ "x": "x" }), None),
        ] {
            let json = json!({ "value": value });
            let text = text(fields(&json), &["value"]);
            assert_eq!(text.as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn labels_are_short_and_printable() {
        let of = |value: &str| label(fields(&json!({ "type": value })), &[&["no"], &["type"]]);
        assert_eq!(of("payment.settled").as_deref(), Some("payment.settled"));
        assert_eq!(of("a\0b\u{ffff}").as_deref(), Some("a\u{fffd}b\u{fffd}"));
        assert_eq!(of(&"ä".repeat(300)), Some("ä".repeat(200)));
        assert_eq!(of(""), None);
    }

    #[test]
    fn transaction_ids_have_a_form() {
        for id in ["a", "tx_1", "A-1.b:c@d", "...", &"x".repeat(128)] {
            assert_eq!(transaction_id(id.to_owned()), Ok(id.to_owned()));
        }
        for id in [
            "",
            " ",
            "a b",
            "a/b",
            "a#b",
            "ä",
            "a\n",
            ".",
            "..",
            &"x".repeat(129),
        ] {
            let refused = Err(Rejection::InvalidTransactionId);
            assert_eq!(transaction_id(id.to_owned()), refused, "{id:?}");
        }
    }

    #[test]
    fn event_ids_of_another_form_become_hashes() {
        assert_eq!(event_id("msg-1"), "msg-1");
        assert_eq!(event_id(&"x".repeat(200)), "x".repeat(200));
        for id in ["", "a b", "a#b", "ä", &"x".repeat(201)] {
            assert_eq!(event_id(id), sha256_hex(id.as_bytes()));
        }
    }

    #[test]
    fn an_event_without_a_transaction_is_one_of_its_own() {
        let of = |json: &Value, event: &str| {
            transaction_id_or_event(fields(json), &[&["a"], &["b"]], event)
        };
        assert_eq!(of(&json!({ "a": "1", "b": "2" }), "e"), Ok("1".into()));
        assert_eq!(of(&json!({ "a": {}, "b": 2 }), "e"), Ok("2".into()));
        assert_eq!(of(&json!({}), "e"), Ok("e".into()));
        let long = "e".repeat(200);
        assert_eq!(of(&json!({}), &long), Ok(sha256_hex(long.as_bytes())));
        assert_eq!(
            of(&json!({ "a": "no good" }), "e"),
            Err(Rejection::InvalidTransactionId)
        );
    }

    #[test]
    fn times_are_read_in_three_forms() {
        let expected = Some(datetime!(2021-02-25 15:02:10 UTC));
        assert_eq!(time_of(1_614_265_330), expected);
        assert_eq!(time_of("1614265330"), expected);
        assert_eq!(time_of(1_614_265_330_000_u64), expected);
        assert_eq!(time_of("2021-02-25T15:02:10Z"), expected);
        assert_eq!(time_of("2021-02-25T17:02:10.000+02:00"), expected);
        assert_eq!(
            time_of(1_614_265_330_123_u64),
            Some(datetime!(2021-02-25 15:02:10.123 UTC))
        );
        assert_eq!(
            time_of(100_000_000_000_u64),
            Some(datetime!(5138-11-16 09:46:40 UTC))
        );
        assert_eq!(
            time_of(100_000_000_001_u64),
            Some(datetime!(1973-03-03 09:46:40.001 UTC))
        );
        assert_eq!(time_of(0), Some(OffsetDateTime::UNIX_EPOCH));
    }

    #[test]
    fn strange_times_are_none() {
        for value in [
            json!(-1),
            json!(1.5),
            json!(u64::MAX),
            json!(253_402_300_800_000_u64),
            json!(""),
            json!("yesterday"),
            json!("2021-02-25"),
            json!("2021-02-30T00:00:00Z"),
            json!("1969-12-31T23:59:59Z"),
            json!("9999-12-31T23:59:59-23:59"),
            json!("0000-01-01T00:00:00+23:59"),
            json!(null),
            json!([]),
            json!({}),
        ] {
            assert_eq!(time_of(value.clone()), None, "{value}");
        }
    }
}
