//! IAM policies, in whichever of Terraform's forms they were written.

use serde_json::Value as Json;

use super::lookup::objects;
use crate::document::Origin;
use crate::graph::Resource;
use crate::value::{Object, Value, ValueKind};

/// A condition: its operator, key and values.
pub(super) type Condition = (String, String, Vec<Value>);

/// A statement of a policy.
pub(super) struct Statement {
    /// Whether it allows; otherwise it denies.
    pub(super) allows: bool,
    /// The actions, and where each was written.
    pub(super) actions: Vec<(String, Origin)>,
    /// Where the list of what it does not allow stands, when it is written the wrong way round
    /// (`NotAction`).
    pub(super) not_action: Option<Origin>,
    /// The resources, as literal text or as the text of an expression.
    pub(super) resources: Vec<(Value, Origin)>,
    /// The principals: their type (`AWS`, `Service`, `*`) and identifiers.
    pub(super) principals: Vec<(String, Vec<Value>)>,
    /// The conditions: operator, key and values.
    pub(super) conditions: Vec<Condition>,
    /// Whether there are conditions that are not known before `terraform apply`.
    pub(super) has_unknown_conditions: bool,
    /// Where the statement was written.
    pub(super) origin: Origin,
}

/// The policy at `path` of a resource, and the block its statements stand in: the resource itself, or
/// the `aws_iam_policy_document` that it refers to. `None` when there is none, or when it cannot be
/// known before `terraform apply`.
pub(super) fn policy<'g>(
    resource: Resource<'g>,
    path: &str,
) -> Option<(Resource<'g>, Vec<Statement>)> {
    policy_of(resource, resource.get(path)?, resource.origin_of(path))
}

/// The policy that a value is.
pub(super) fn policy_of<'g>(
    resource: Resource<'g>,
    value: &'g Value,
    fallback: Origin,
) -> Option<(Resource<'g>, Vec<Statement>)> {
    match &value.kind {
        ValueKind::Reference(_) => {
            let document = resource
                .graph
                .resolve(value)
                .filter(|block| block.type_name() == "aws_iam_policy_document")?;
            let statements = document
                .get("statement")
                .map(Value::objects)
                .unwrap_or_default();
            let origin = document.origin();
            Some((
                document,
                statements
                    .into_iter()
                    .map(|object| from_block(object, origin))
                    .collect(),
            ))
        }
        ValueKind::String(text) => {
            let json = serde_json::from_str::<Json>(text).ok()?;
            let value = from_json(json);
            Some((resource, from_document(value.as_object()?, fallback)))
        }
        _ => Some((resource, from_document(value.as_object()?, fallback))),
    }
}

/// JSON as a value without places.
pub(super) fn from_json(json: Json) -> Value {
    match json {
        Json::Null => ValueKind::Null.into(),
        Json::Bool(flag) => flag.into(),
        Json::Number(number) => ValueKind::Number(number).into(),
        Json::String(text) => text.into(),
        Json::Array(items) => items.into_iter().map(from_json).collect::<Vec<_>>().into(),
        Json::Object(entries) => entries
            .into_iter()
            .map(|(name, value)| (name.into(), from_json(value)))
            .collect::<Object>()
            .into(),
    }
}

/// A `statement` block of `aws_iam_policy_document`.
fn from_block(block: &Object, fallback: Origin) -> Statement {
    let origin = block
        .iter()
        .map(|(key, value)| value.origin.or(key.origin))
        .next()
        .unwrap_or(Origin::UNKNOWN)
        .or(fallback);
    let pairs = |name: &str| block.get(name).map(Value::objects).unwrap_or_default();
    let text = |object: &Object, name: &str| {
        object
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    Statement {
        // `Allow` is the default; an effect that is not known yet allows nothing here.
        allows: block
            .get("effect")
            .is_none_or(|effect| effect.as_str() == Some("Allow")),
        actions: texts(block.get("actions"), origin),
        not_action: place(block, "not_actions", origin),
        resources: values(block.get("resources"), origin),
        principals: pairs("principals")
            .into_iter()
            .map(|object| (text(object, "type"), items(object.get("identifiers"))))
            .collect(),
        conditions: pairs("condition")
            .into_iter()
            .map(|object| {
                (
                    text(object, "test"),
                    text(object, "variable"),
                    items(object.get("values")),
                )
            })
            .collect(),
        has_unknown_conditions: block
            .get("dynamic")
            .is_some_and(|dynamic| dynamic.get("condition").is_some())
            || objects(block.get("condition")).is_none(),
        origin,
    }
}

/// The `Statement` of a policy in JSON.
fn from_document(document: &Object, fallback: Origin) -> Vec<Statement> {
    let Some(statements) = document.get("Statement") else {
        return Vec::new();
    };
    statements
        .objects()
        .into_iter()
        .map(|object| Statement {
            allows: object.get("Effect").and_then(Value::as_str) == Some("Allow"),
            actions: texts(object.get("Action"), fallback),
            not_action: place(object, "NotAction", fallback),
            resources: values(object.get("Resource"), fallback),
            principals: match object.get("Principal") {
                Some(Value {
                    kind: ValueKind::Object(entries),
                    ..
                }) => entries
                    .iter()
                    .map(|(key, value)| (key.name.clone(), items(Some(value))))
                    .collect(),
                Some(value) => vec![("*".to_owned(), items(Some(value)))],
                None => Vec::new(),
            },
            conditions: object
                .get("Condition")
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(Object::iter)
                .flat_map(|(test, keys)| {
                    keys.as_object()
                        .into_iter()
                        .flat_map(Object::iter)
                        .map(|(key, value)| {
                            (test.name.clone(), key.name.clone(), items(Some(value)))
                        })
                })
                .collect(),
            has_unknown_conditions: object.get("Condition").is_some_and(|condition| {
                condition
                    .as_object()
                    .is_none_or(|tests| tests.iter().any(|(_, keys)| keys.as_object().is_none()))
            }),
            origin: fallback,
        })
        .collect()
}

/// Where an entry was written, if it was.
fn place(object: &Object, name: &str, fallback: Origin) -> Option<Origin> {
    let (key, value) = object.entry(name)?;
    Some(value.origin.or(key.origin).or(fallback))
}

/// A single value or a list, as IAM takes both.
fn items(value: Option<&Value>) -> Vec<Value> {
    match value {
        None => Vec::new(),
        Some(Value {
            kind: ValueKind::List(items),
            ..
        }) => items.clone(),
        Some(value) => vec![value.clone()],
    }
}

fn values(value: Option<&Value>, fallback: Origin) -> Vec<(Value, Origin)> {
    items(value)
        .into_iter()
        .map(|value| {
            let origin = value.origin.or(fallback);
            (value, origin)
        })
        .collect()
}

fn texts(value: Option<&Value>, fallback: Origin) -> Vec<(String, Origin)> {
    values(value, fallback)
        .into_iter()
        .filter_map(|(value, origin)| Some((value.as_str()?.to_owned(), origin)))
        .collect()
}

/// Whether a request without the right value fails a condition with this operator. Negations and
/// `…IfExists` let requests through that have no value at all, and so do the `ForAllValues` operators.
pub(super) fn is_strict(test: &str) -> bool {
    let test = test.to_ascii_lowercase();
    !test.contains("not")
        && !test.ends_with("ifexists")
        && !test.starts_with("forallvalues")
        && test != "null"
}

impl Statement {
    /// Whether the statement refuses requests that did not come over TLS.
    pub(super) fn denies_insecure_transport(&self) -> bool {
        !self.allows
            && self.conditions.iter().any(|(test, key, values)| {
                test.eq_ignore_ascii_case("Bool")
                    && key.eq_ignore_ascii_case("aws:SecureTransport")
                    && values.iter().any(|value| value.as_bool() == Some(false))
            })
    }
}
