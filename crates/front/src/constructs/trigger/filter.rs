//! Filters: patterns as JSON text whose structure the rules can see.

use webhook_infra_core::{Object, Value, ValueKind};

/// The body of `filter_criteria`: one pattern, or a list of them.
pub(super) fn criteria(patterns: &Value) -> Value {
    let single = std::slice::from_ref(patterns);
    let patterns_list = patterns.as_list().unwrap_or(single);
    let filters = patterns_list
        .iter()
        .map(|pattern| {
            ValueKind::Object(Object::new().with("pattern", json(pattern))).at(pattern.origin)
        })
        .collect::<Vec<_>>();
    let filters = ValueKind::List(filters).at(patterns.origin);
    ValueKind::Object(Object::new().with("filter", filters)).at(patterns.origin)
}

/// A map as JSON; a text or reference is JSON already.
pub(super) fn json(pattern: &Value) -> Value {
    match pattern.kind {
        ValueKind::Object(_) => ValueKind::json(pattern.clone()).at(pattern.origin),
        _ => pattern.clone(),
    }
}
