//! Terraform JSON to document.

use std::fmt;

use serde_json::{Map, Value as Json};

use super::position::{Position, position};
use crate::document::{Block, BlockKind, Document, Origin};
use crate::expression::parse_template;
use crate::value::{Address, Key, Object, Value, ValueKind};

/// Why a text is no Terraform JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub message: String,
    /// The names on the way to it, joined by dots.
    pub path: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.path, self.message)
        }
    }
}

impl std::error::Error for ParseError {}

/// Parses a `.tf.json` file. The provenance of each block is its address in the file.
///
/// # Errors
/// When the text is no JSON, or has something other than blocks where Terraform wants blocks.
pub fn parse(text: &str) -> Result<Document<String>, ParseError> {
    parse_some(text, |_| true)
}

/// [`parse`], but of the resources only those whose type is wanted: reading the values of all of them is
/// most of the work.
///
/// # Errors
/// As [`parse`].
pub fn parse_some(
    text: &str,
    wants: impl Fn(&str) -> bool,
) -> Result<Document<String>, ParseError> {
    let mut json = serde_json::from_str::<Json>(text).map_err(|error| ParseError {
        message: error.to_string(),
        path: String::new(),
    })?;
    // Whether objects keep the order of the text depends on who else is built with serde_json.
    json.sort_all_objects();
    let mut document = Document::new();
    for (keyword, content) in object(json, "")? {
        if keyword == "//" {
            continue;
        }
        let Some(kind) = BlockKind::from_keyword(&keyword) else {
            return Err(ParseError {
                message: format!("Terraform has no block of kind `{keyword}`"),
                path: keyword,
            });
        };
        let content = match content {
            Json::Object(types) if kind == BlockKind::Resource => types
                .into_iter()
                .filter(|(type_name, _)| wants(type_name))
                .collect(),
            other => other,
        };
        blocks(&mut document, kind, content, &[])?;
    }
    Ok(document)
}

fn blocks(
    document: &mut Document<String>,
    kind: BlockKind,
    content: Json,
    labels: &[String],
) -> Result<(), ParseError> {
    let path = std::iter::once(kind.keyword())
        .chain(labels.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(".");
    if labels.len() == kind.label_count() {
        let body = body(kind, content, &path)?;
        for body in body {
            let origin = document.origin(path.clone());
            document.blocks.push(Block {
                kind,
                labels: labels.to_vec(),
                body,
                origin,
                owner: None,
            });
        }
        return Ok(());
    }
    let groups = match content {
        Json::Array(items) => items,
        one => vec![one],
    };
    for group in groups {
        for (label, content) in object(group, &path)? {
            if label == "//" {
                continue;
            }
            let labels = labels.iter().cloned().chain([label]).collect::<Vec<_>>();
            blocks(document, kind, content, &labels)?;
        }
    }
    Ok(())
}

fn body(kind: BlockKind, content: Json, path: &str) -> Result<Vec<Object>, ParseError> {
    if kind == BlockKind::Locals {
        let value = self::value(content, kind, &mut vec!["value".to_owned()]);
        return Ok(vec![Object::new().with("value", value)]);
    }
    let bodies = match content {
        Json::Array(items) => items,
        one => vec![one],
    };
    bodies
        .into_iter()
        .map(|body| Ok(entries(object(body, path)?, kind, &mut Vec::new())))
        .collect()
}

fn object(json: Json, path: &str) -> Result<Map<String, Json>, ParseError> {
    match json {
        Json::Object(object) => Ok(object),
        other => Err(ParseError {
            message: format!("expected an object, found {}", describe(&other)),
            path: path.to_owned(),
        }),
    }
}

fn describe(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a truth value",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "an array",
        Json::Object(_) => "an object",
    }
}

pub(super) fn entries(
    object: Map<String, Json>,
    kind: BlockKind,
    path: &mut Vec<String>,
) -> Object {
    let is_body = path.is_empty();
    object
        .into_iter()
        .map(|(name, json)| {
            path.push(name.clone());
            let key = key(name, is_body, kind, path);
            let value = value(json, kind, path);
            path.pop();
            (key, value)
        })
        .collect()
}

fn key(name: String, is_body: bool, kind: BlockKind, path: &[String]) -> Key {
    if is_body || !name.contains('{') || place(kind, path) != Position::Expression {
        return name.into();
    }
    match parse_template(&name).kind {
        ValueKind::String(text) => text.into(),
        _ => Key {
            name,
            template: true,
            origin: Origin::UNKNOWN,
        },
    }
}

fn place(kind: BlockKind, path: &[String]) -> Position {
    position(kind, &path.iter().map(String::as_str).collect::<Vec<_>>())
}

pub(super) fn value(json: Json, kind: BlockKind, path: &mut Vec<String>) -> Value {
    match json {
        Json::Null => ValueKind::Null.into(),
        Json::Bool(flag) => flag.into(),
        Json::Number(number) => ValueKind::Number(number).into(),
        Json::Array(items) => items
            .into_iter()
            .map(|item| value(item, kind, path))
            .collect::<Vec<_>>()
            .into(),
        Json::Object(object) => entries(object, kind, path).into(),
        Json::String(text) => match place(kind, path) {
            Position::Expression => parse_template(&text),
            Position::Address => Address::new(text).into(),
            Position::Literal => text.into(),
        },
    }
}
