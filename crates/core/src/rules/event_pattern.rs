//! What EventBridge takes as an event pattern.

use super::policy::from_json;
use crate::document::Origin;
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Key, Object, Value, ValueKind};

/// What is wrong with a pattern, what to write instead, and where.
pub(super) struct Flaw {
    pub(super) message: String,
    pub(super) help: String,
    pub(super) origin: Origin,
}

const OPERATORS: [&str; 8] = [
    "anything-but",
    "cidr",
    "equals-ignore-case",
    "exists",
    "numeric",
    "prefix",
    "suffix",
    "wildcard",
];

/// The operators that `anything-but` takes in place of values.
const NEGATED: [&str; 4] = ["equals-ignore-case", "prefix", "suffix", "wildcard"];

/// All that is wrong with a pattern; what is not known yet is innocent.
pub(super) fn flaws(pattern: &Value) -> Vec<Flaw> {
    let mut flaws = Flaws(Vec::new());
    match &pattern.kind {
        ValueKind::String(text) => match serde_json::from_str(text) {
            Ok(json) => match from_json(json) {
                value if value.as_object().is_some() => flaws.root(&value),
                _ => flaws.add(pattern.origin, "is no object", EXAMPLE),
            },
            Err(_) => flaws.add(pattern.origin, "is no JSON", EXAMPLE),
        },
        ValueKind::List(_) | ValueKind::Bool(_) | ValueKind::Number(_) => {
            flaws.add(pattern.origin, "is no object", EXAMPLE);
        }
        _ => flaws.root(pattern),
    }
    flaws.0
}

const EXAMPLE: &str =
    "write a map like the event, with a list for each value: `{ \"source\" = [\"shop\"] }`";

struct Flaws(Vec<Flaw>);

impl Flaws {
    fn add(&mut self, origin: Origin, message: impl Into<String>, help: impl Into<String>) {
        self.0.push(Flaw {
            message: message.into(),
            help: help.into(),
            origin,
        });
    }

    fn root(&mut self, pattern: &Value) {
        let Some(object) = pattern.as_object() else {
            return;
        };
        if object.is_empty() {
            self.add(pattern.origin, "is empty", EXAMPLE);
        }
        for (key, _) in object.iter() {
            let plain = key.name.replace(['-', '_'], "").to_lowercase();
            if plain == "detailtype" && key.name != "detail-type" {
                self.add(
                    key.origin,
                    format!("has the field `{}`, which no event has", key.name),
                    "write `\"detail-type\"`",
                );
            }
        }
        self.fields(object);
    }

    fn fields(&mut self, object: &Object) {
        for (key, value) in object.iter() {
            if key.name == "$or" {
                self.alternatives(key, value);
            } else {
                self.field(key, value);
            }
        }
    }

    /// `"$or" = [{ … }, { … }]`.
    fn alternatives(&mut self, key: &Key, value: &Value) {
        let origin = value.origin.or(key.origin);
        match &value.kind {
            ValueKind::List(items) => {
                if items.len() < 2 {
                    self.add(
                        origin,
                        "has a `$or` with fewer than two alternatives",
                        "write `\"$or\" = [{ \"source\" = [\"a\"] }, { \"source\" = [\"b\"] }]`",
                    );
                }
                for item in items {
                    if let ValueKind::Object(object) = &item.kind {
                        self.fields(object);
                    }
                }
            }
            _ if is_open(value) => {}
            _ => self.add(
                origin,
                "has a `$or` that is no list",
                "write `\"$or\" = [{ \"source\" = [\"a\"] }, { \"source\" = [\"b\"] }]`",
            ),
        }
    }

    fn field(&mut self, key: &Key, value: &Value) {
        let name = &key.name;
        let origin = value.origin.or(key.origin);
        match &value.kind {
            ValueKind::Object(object) if object.is_empty() => self.add(
                origin,
                format!("has `{name}` as an empty map"),
                format!("write `\"{name}\" = [{{ \"exists\" = true }}]`"),
            ),
            ValueKind::Object(object) => match lone_operator(object) {
                Some(operator) => self.add(
                    origin,
                    format!("has `{name}` as an operator without its list"),
                    format!("write `\"{name}\" = [{{ \"{operator}\" = … }}]`"),
                ),
                None => self.fields(object),
            },
            ValueKind::List(items) if items.is_empty() => self.add(
                origin,
                format!("has `{name}` as an empty list, which nothing matches"),
                format!("write the values: `\"{name}\" = [\"…\"]`"),
            ),
            ValueKind::List(items) => {
                for item in items {
                    self.item(name, item, origin);
                }
            }
            _ if is_open(value) => {}
            kind => {
                let (word, shown) = match kind {
                    ValueKind::String(text) => ("a text", format!("\"{text}\"")),
                    ValueKind::Number(number) => ("a number", number.to_string()),
                    ValueKind::Bool(flag) => ("a truth value", flag.to_string()),
                    ValueKind::Template(_) => ("a text", "\"…\"".to_owned()),
                    _ => ("null", "null".to_owned()),
                };
                self.add(
                    origin,
                    format!("has `{name}` as {word} without its list"),
                    format!("write `\"{name}\" = [{shown}]`"),
                );
            }
        }
    }

    /// An element of a field's list: a value, or one operator.
    fn item(&mut self, name: &str, item: &Value, around: Origin) {
        let origin = item.origin.or(around);
        let object = match &item.kind {
            ValueKind::Object(object) => object,
            ValueKind::List(_) => {
                self.add(
                    origin,
                    format!("has a list in the list of `{name}`"),
                    "write the values side by side in one list",
                );
                return;
            }
            _ => return,
        };
        let Some((key, value)) = object.iter().next().filter(|_| object.len() == 1) else {
            self.add(
                origin,
                format!("has {} operators in one map for `{name}`", object.len()),
                "write a map for each: `[{ \"prefix\" = \"a\" }, { \"suffix\" = \"z\" }]`",
            );
            return;
        };
        let key_origin = key.origin.or(origin);
        if !OPERATORS.contains(&key.name.as_str()) {
            let near = nearest(&key.name, OPERATORS);
            let help = match did_you_mean(&near) {
                question if question.is_empty() => {
                    format!("the operators are `{}`", OPERATORS.join("`, `"))
                }
                question => question,
            };
            self.add(
                key_origin,
                format!(
                    "has the operator `{}` for `{name}`, which there is not",
                    key.name
                ),
                help,
            );
            return;
        }
        if let Some(wanted) = misused(&key.name, value) {
            self.add(
                value.origin.or(key_origin),
                format!(
                    "has the operator `{}` for `{name}` with a value that it does not take",
                    key.name
                ),
                format!("write {wanted}"),
            );
        }
    }
}

/// The operator that a map is, in place of fields of the event: a field has a list of values or a map.
fn lone_operator(object: &Object) -> Option<&str> {
    let (key, value) = object.iter().next().filter(|_| object.len() == 1)?;
    let name = key.name.as_str();
    let is_field = match value.kind {
        ValueKind::Object(_) => true,
        ValueKind::List(_) => name != "numeric" && name != "anything-but",
        _ => false,
    };
    (OPERATORS.contains(&name) && !is_field).then_some(name)
}

/// Whether a value is not known before `terraform apply`, so that it may be a list.
fn is_open(value: &Value) -> bool {
    !matches!(
        value.kind,
        ValueKind::String(_)
            | ValueKind::Number(_)
            | ValueKind::Bool(_)
            | ValueKind::Null
            | ValueKind::Template(_)
            | ValueKind::List(_)
            | ValueKind::Object(_)
    )
}

/// What to write in place of an operator's value, when it does not take it.
fn misused(operator: &str, value: &Value) -> Option<String> {
    let text = |value: &Value| {
        matches!(value.kind, ValueKind::String(_) | ValueKind::Template(_)) || is_open(value)
    };
    let ignoring_case = |value: &Value| {
        value
            .as_object()
            .is_some_and(|object| object.len() == 1 && object.get("equals-ignore-case").is_some())
    };
    let (is_right, wanted) = match operator {
        "prefix" | "suffix" => (
            text(value) || ignoring_case(value),
            format!("`{{ \"{operator}\" = \"…\" }}`"),
        ),
        "equals-ignore-case" | "wildcard" => {
            (text(value), format!("`{{ \"{operator}\" = \"…\" }}`"))
        }
        "cidr" => (
            is_open(value)
                || matches!(value.kind, ValueKind::Template(_))
                || value.as_str().is_some_and(|range| range.contains('/')),
            "`{ \"cidr\" = \"10.0.0.0/24\" }`".to_owned(),
        ),
        "exists" => (
            is_open(value) || matches!(value.kind, ValueKind::Bool(_)),
            "`{ \"exists\" = true }` or `{ \"exists\" = false }`".to_owned(),
        ),
        "numeric" => (
            is_open(value) || value.as_list().is_some_and(is_comparison),
            "comparisons and numbers by turns: `{ \"numeric\" = [\">\", 0, \"<=\", 5] }`"
                .to_owned(),
        ),
        _ => {
            let is_right = match &value.kind {
                ValueKind::Object(object) => object
                    .iter()
                    .all(|(key, _)| NEGATED.contains(&key.name.as_str())),
                ValueKind::List(items) => {
                    !items.is_empty()
                        && !items.iter().any(|item| {
                            matches!(item.kind, ValueKind::Object(_) | ValueKind::List(_))
                        })
                }
                _ => true,
            };
            (
                is_right,
                "`{ \"anything-but\" = [\"a\", \"b\"] }` or `{ \"anything-but\" = { \"prefix\" = \"a\" } }`"
                    .to_owned(),
            )
        }
    };
    (!is_right).then_some(wanted)
}

/// `[">", 0, "<=", 5]`.
fn is_comparison(items: &[Value]) -> bool {
    matches!(items.len(), 2 | 4)
        && items.iter().enumerate().all(|(place, item)| {
            if place % 2 == 0 {
                item.as_str()
                    .is_none_or(|sign| ["<", "<=", "=", ">", ">="].contains(&sign))
            } else {
                !matches!(
                    item.kind,
                    ValueKind::String(_)
                        | ValueKind::Bool(_)
                        | ValueKind::Object(_)
                        | ValueKind::List(_)
                )
            }
        })
}

#[cfg(test)]
mod tests {
    use super::flaws;

    fn found(pattern: &str) -> Vec<String> {
        flaws(&pattern.into())
            .into_iter()
            .map(|flaw| flaw.message)
            .collect()
    }

    #[track_caller]
    fn bad(pattern: &str, message: &str) {
        let found = found(pattern);
        assert_eq!(found.len(), 1, "{pattern}: {found:?}");
        assert!(found[0].contains(message), "{found:?}");
    }

    #[test]
    fn every_operator_of_the_documentation_passes() {
        for values in [
            r#""a", 1, true, null, """#,
            r#"{"prefix": "a"}, {"prefix": {"equals-ignore-case": "a"}}"#,
            r#"{"suffix": ".png"}, {"suffix": {"equals-ignore-case": ".PNG"}}"#,
            r#"{"anything-but": "a"}, {"anything-but": ["a", "b"]}, {"anything-but": 5}"#,
            r#"{"anything-but": {"prefix": "a"}}, {"anything-but": {"wildcard": "*/lib/*"}}"#,
            r#"{"numeric": ["=", 100]}, {"numeric": [">", 10, "<=", 20]}"#,
            r#"{"exists": false}, {"cidr": "10.0.0.0/24"}, {"wildcard": "dir/*.png"}"#,
            r#"{"equals-ignore-case": "alice"}"#,
        ] {
            let pattern = format!(r#"{{"detail": {{"x": [{values}]}}}}"#);
            assert!(found(&pattern).is_empty(), "{pattern}");
        }
        let or = r#"{"detail": {"$or": [{"a": [1]}, {"b": [{"exists": true}]}]}}"#;
        assert!(found(or).is_empty());
        assert!(found(r#"{"detail": {"prefix": ["a"], "name": ["b"]}}"#).is_empty());
    }

    #[test]
    fn values_stand_in_lists() {
        bad(
            r#"{"source": "shop"}"#,
            "`source` as a text without its list",
        );
        bad(r#"{"detail": {"n": 1}}"#, "`n` as a number");
        bad(r#"{"detail": {"n": true}}"#, "`n` as a truth value");
        bad(r#"{"source": []}"#, "empty list");
        bad(r#"{"source": [["a"]]}"#, "a list in the list");
        bad(
            r#"{"detail": {"n": {"prefix": "a"}}}"#,
            "an operator without its list",
        );
        bad(
            r#"{"detail": {"n": {"numeric": [">", 1]}}}"#,
            "an operator without its list",
        );
        bad(r#"{"detail": {}}"#, "empty map");
        bad("{}", "is empty");
        bad("[]", "is no object");
    }

    #[test]
    fn operators_are_known_and_have_their_values() {
        bad(r#"{"source": [{"prefx": "a"}]}"#, "`prefx` for `source`");
        bad(
            r#"{"source": [{"contains": "a"}]}"#,
            "`contains` for `source`",
        );
        bad(
            r#"{"source": [{"prefix": "a", "suffix": "b"}]}"#,
            "2 operators",
        );
        bad(r#"{"source": [{"prefix": ["a"]}]}"#, "with a value");
        bad(r#"{"source": [{"exists": "true"}]}"#, "with a value");
        bad(r#"{"source": [{"numeric": [">"]}]}"#, "with a value");
        bad(r#"{"source": [{"numeric": ["=>", 1]}]}"#, "with a value");
        bad(r#"{"source": [{"numeric": [">", "1"]}]}"#, "with a value");
        bad(r#"{"source": [{"cidr": "10.0.0.1"}]}"#, "with a value");
        bad(
            r#"{"source": [{"anything-but": {"exists": true}}]}"#,
            "with a value",
        );
        bad(r#"{"$or": [{"source": ["a"]}]}"#, "fewer than two");
        bad(r#"{"$or": {"source": ["a"]}}"#, "no list");
        bad(
            r#"{"$or": [{"source": "a"}, {"source": ["b"]}]}"#,
            "`source` as a text",
        );
    }

    #[test]
    fn the_detail_type_has_a_hyphen() {
        bad(r#"{"detailType": ["a"]}"#, "`detailType`");
        bad(r#"{"detail_type": ["a"]}"#, "`detail_type`");
    }
}
