//! What a body says at some places, without the rest of it: a body of megabytes can be a tree of a million
//! objects, which would take more memory than the function has.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// The names that lead to a place.
pub type Path = &'static [&'static str];

/// The body's fields on the way to the places. What is an array or an object at a place is an empty one. The rest has to
/// be JSON by its grammar, and text; whether its numbers and escapes stand for anything nobody asks.
pub(super) fn read(body: &[u8], places: &[Path]) -> Result<Value, serde_json::Error> {
    let text = std::str::from_utf8(body).map_err(serde::de::Error::custom)?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let outline = Outline(places.to_vec()).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(outline)
}

/// The rest of the way from here to each place.
struct Outline(Vec<Path>);

impl<'de> DeserializeSeed<'de> for Outline {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Outline {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(Vec::new()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(step) = entries.next_key_seed(Step(&self.0))? {
            match step {
                // Of a name that is there twice the last value counts, as everywhere in serde_json.
                Some((name, rest)) => {
                    fields.insert(name.to_owned(), entries.next_value_seed(rest)?);
                }
                None => {
                    entries.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Value::Object(fields))
    }
}

/// Reads a name: the next step on the way to some places, with the ways on, or one that leads nowhere.
struct Step<'a>(&'a [Path]);

impl<'de> DeserializeSeed<'de> for Step<'_> {
    type Value = Option<(&'static str, Outline)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Step<'_> {
    type Value = Option<(&'static str, Outline)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let mut found = None;
        let steps = self.0.iter().filter_map(|path| path.split_first());
        for (step, rest) in steps.filter(|(step, _)| **step == name) {
            let (_, Outline(ways)) = found.get_or_insert((*step, Outline(Vec::new())));
            ways.push(rest);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{Path, read};

    const PLACES: &[Path] = &[&["id"], &["data", "object", "id"], &["data", "id"]];

    fn outline(body: &str) -> Option<Value> {
        read(body.as_bytes(), PLACES).ok()
    }

    #[test]
    fn only_the_ways_to_the_places_are_kept() {
        let body = json!({
            "id": 7, "other": { "id": 1 }, "list": [{ "id": 2 }],
            "data": { "id": "x", "more": [1, 2], "object": { "id": -1.5, "deep": { "id": 3 } } },
        });
        assert_eq!(
            outline(&body.to_string()),
            Some(json!({ "id": 7, "data": { "id": "x", "object": { "id": -1.5 } } }))
        );
    }

    #[test]
    fn what_is_no_text_at_a_place_stays_what_it_is() {
        for (body, expected) in [
            (r#"{"id": [1, [2]]}"#, json!({ "id": [] })),
            (r#"{"id": {"id": 1}}"#, json!({ "id": {} })),
            (
                r#"{"id": null, "data": true}"#,
                json!({ "id": null, "data": true }),
            ),
            (r#"{"data": "text"}"#, json!({ "data": "text" })),
            (r#"{"id": 1, "id": "2"}"#, json!({ "id": "2" })),
            (
                r#"{"\u0069d": 18446744073709551615}"#,
                json!({ "id": u64::MAX }),
            ),
            ("[1]", json!([])),
            ("7", json!(7)),
            ("{}", json!({})),
        ] {
            assert_eq!(outline(body), Some(expected), "{body}");
        }
    }

    #[test]
    fn an_error_anywhere_is_one() {
        for body in [
            "",
            "{",
            r#"{"other": [1,]}"#,
            r#"{"other": tru}"#,
            "{} {}",
            r#"{"other": "\u{1}"}"#,
            "{1: 2}",
        ] {
            assert_eq!(outline(body), None, "{body}");
        }
        assert!(read(b"{\"other\": \"\xff\"}", PLACES).is_err());
    }

    /// Each of these objects would be more than 600 bytes in a tree.
    #[test]
    fn a_million_objects_take_no_memory() {
        let body = format!(
            r#"{{"data": {{"object": [{}{{}}]}}, "id": 1}}"#,
            r#"{"a":0},"#.repeat(700_000)
        );
        assert_eq!(
            outline(&body),
            Some(json!({ "data": { "object": [] }, "id": 1 }))
        );
        let nested = format!(
            "{}{}",
            r#"{"a":"#.repeat(100_000),
            "0".to_owned() + &"}".repeat(100_000)
        );
        assert_eq!(outline(&nested), Some(json!({})));
    }

    proptest! {
        #[test]
        fn it_is_json_where_serde_json_says_so(text in r#"[\[\]{}:,"a-c0-9.eE\\ -]{0,12}"#) {
            let whole = serde_json::from_str::<Value>(&text);
            prop_assert_eq!(read(text.as_bytes(), PLACES).is_ok(), whole.is_ok(), "{}", text);
        }
    }
}
