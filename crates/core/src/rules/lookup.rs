//! Questions that several rules ask of a resource, with one answer to what is not known yet: it passes.

use crate::document::{BlockKind, Owner};
use crate::graph::{Graph, Resource};
use crate::value::{Object, Value, ValueKind};

/// The first resource of a type that a value refers to.
pub(super) fn referred<'g>(
    graph: &'g Graph<'_>,
    value: &Value,
    type_name: &str,
) -> Option<Resource<'g>> {
    let mut found = None;
    value.walk(&mut |value| {
        if found.is_none() {
            found = value
                .as_reference()
                .and_then(|reference| graph.target(&reference.target))
                .filter(|resource| is_resource(*resource, type_name));
        }
    });
    found
}

/// Whether a block is a resource of this type, as opposed to a data source of the same name.
pub(super) fn is_resource(resource: Resource<'_>, type_name: &str) -> bool {
    resource.block.kind == BlockKind::Resource && resource.type_name() == type_name
}

/// Whether nested blocks called `name` are made by a `dynamic` block.
pub(super) fn is_dynamic(resource: Resource<'_>, name: &str) -> bool {
    resource
        .block
        .body
        .get("dynamic")
        .is_some_and(|dynamic| dynamic.get(name).is_some())
}

/// The nested blocks called `name`; `None` when they are not all known yet.
pub(super) fn blocks<'g>(resource: Resource<'g>, name: &str) -> Option<Vec<&'g Object>> {
    if is_dynamic(resource, name) {
        return None;
    }
    objects(resource.get(name))
}

/// The objects of a repeatable block; `None` when they are not all known yet.
pub(super) fn objects(value: Option<&Value>) -> Option<Vec<&Object>> {
    let Some(value) = value.filter(|value| value.kind != ValueKind::Null) else {
        return Some(Vec::new());
    };
    let objects = value.objects();
    let wanted = value.as_list().map_or(1, <[Value]>::len);
    (objects.len() == wanted).then_some(objects)
}

/// The entry called `name`, unless it is `null`.
pub(super) fn entry<'o>(object: &'o Object, name: &str) -> Option<&'o Value> {
    object
        .get(name)
        .filter(|value| value.kind != ValueKind::Null)
}

/// Whether the flag at `path` is on, or may turn out to be.
pub(super) fn may_be_on(resource: Resource<'_>, path: &str) -> bool {
    let block = path.split('.').next().unwrap_or(path);
    is_dynamic(resource, block)
        || resource
            .get(path)
            .is_some_and(|value| value.as_bool() != Some(false))
}

/// Whether there is a value at `path` that is something other than the empty text.
pub(super) fn is_set(resource: Resource<'_>, path: &str) -> bool {
    resource
        .get(path)
        .is_some_and(|value| value.as_str() != Some(""))
}

/// The number at `path`, its default when it is absent, `None` when it is not known yet.
pub(super) fn number_or(resource: Resource<'_>, path: &str, default: f64) -> Option<f64> {
    match resource.get(path) {
        None => Some(default),
        Some(value) => value.as_f64(),
    }
}

/// Whether the flag at `path` is on, `false` when it is absent, `None` when it is not known yet.
pub(super) fn flag_or_off(resource: Resource<'_>, path: &str) -> Option<bool> {
    match resource.get(path) {
        None => Some(false),
        Some(value) => value.as_bool(),
    }
}

/// The declaration that a resource belongs to.
pub(super) fn owner(resource: Resource<'_>) -> Option<&Owner> {
    resource.owner()
}

/// The name of the declaration that stands for a resource of this type, else `example`.
pub(super) fn declared_name<'g>(resource: Resource<'g>, example: &'g str) -> &'g str {
    owner(resource)
        .filter(|owner| owner.main.split('.').next() == Some(resource.type_name()))
        .map_or(example, |owner| owner.name.as_str())
}
