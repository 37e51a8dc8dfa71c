//! `cors(…)`: what browsers may do with an API's or a function URL's answers on pages from elsewhere.

use webhook_infra_core::{Key as EntryKey, Object, Value, ValueKind};

use super::{Key, Settings, Shape};

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "origins",
        Shape::Value,
        "The pages that may call, as scheme, host and port: `[\"https://shop.example\"]`.",
    ),
    Key::new(
        "methods",
        Shape::Value,
        "The methods they may use: `[\"GET\", \"POST\"]`.",
    ),
    Key::new(
        "headers",
        Shape::Value,
        "The headers they may send: `[\"authorization\", \"content-type\"]`.",
    ),
    Key::new(
        "expose",
        Shape::Value,
        "The headers of an answer that their scripts may read.",
    ),
    Key::new(
        "max_age",
        Shape::Seconds,
        "How long a browser remembers the answer to a preflight request. 0 s to 24 h.",
    ),
    Key::new(
        "credentials",
        Shape::Flag,
        "They may send cookies and the `Authorization` header that the browser keeps; never together with the origin `*`.",
    ),
];

/// The body of `cors_configuration` or `cors`: the two have the same arguments.
pub(super) fn lower(settings: &Settings) -> Value {
    let mut body = Object::new();
    for (key, argument) in [
        ("credentials", "allow_credentials"),
        ("headers", "allow_headers"),
        ("methods", "allow_methods"),
        ("origins", "allow_origins"),
        ("expose", "expose_headers"),
        ("max_age", "max_age"),
    ] {
        if let (Some(setting), Some(value)) = (settings.find(key), settings.value(key)) {
            body.set(EntryKey::new(argument, setting.origin), value.clone());
        }
    }
    ValueKind::Object(body).into()
}
