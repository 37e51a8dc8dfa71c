//! Routes of a REST API, as the `api_…` rules see them.

use crate::expression::render;
use crate::graph::Resource;
use crate::value::{Reference, Step, Target, Value, ValueKind};

/// API Gateway allows paths of ten parts and more; a longer way up is a circle.
const DEEPEST: usize = 64;

/// The route of a method for a message: "route `POST /webhook/{provider}`", or the method's name where
/// the path is not known.
pub(super) fn route(method: Resource<'_>) -> String {
    match (method.text("http_method"), path(method)) {
        (Some(verb), Some(path)) => format!("route `{verb} {path}`"),
        _ => method.describe(),
    }
}

/// The path of a method's resource, as far up as it is known.
fn path(method: Resource<'_>) -> Option<String> {
    let mut parts = Vec::new();
    let mut place = method.referred("resource_id");
    for _ in 0..DEEPEST {
        match place {
            Some(root) if root.type_name() == "aws_api_gateway_rest_api" => {
                parts.reverse();
                return Some(format!("/{}", parts.join("/")));
            }
            Some(resource) if resource.text("path_part").is_some() => {
                parts.extend(resource.text("path_part"));
                place = resource.referred("parent_id");
            }
            _ => break,
        }
    }
    parts.reverse();
    (!parts.is_empty()).then(|| format!("…/{}", parts.join("/")))
}

/// What the value at `argument` comes to, as text that is equal for equal things. `None` when it is not
/// known, or differs between the instances of one block.
pub(super) fn identity(resource: Resource<'_>, argument: &str) -> Option<String> {
    let value = resource.get(argument)?;
    match &value.kind {
        ValueKind::String(text) => Some(text.clone()),
        ValueKind::Reference(reference) if is_fixed(reference) => Some(render(value)),
        _ => None,
    }
}

fn is_fixed(reference: &Reference) -> bool {
    !matches!(reference.target, Target::Scoped(_) | Target::Open(_))
        && reference.path.iter().all(|step| match step {
            Step::Attribute(_) => true,
            Step::Index(index) => index.is_literal(),
            Step::Splat | Step::AttributeSplat => false,
        })
}

/// The construct that makes stages of this type.
pub(super) fn api_construct(stage: Resource<'_>) -> &'static str {
    if stage.type_name() == "aws_apigatewayv2_stage" {
        "http_api"
    } else {
        "rest_api"
    }
}

/// Whether the block stands for any number of resources, none included.
pub(super) fn is_repeated(resource: Resource<'_>) -> bool {
    resource.get("count").is_some() || resource.get("for_each").is_some()
}

/// Whether a nested block is there, or may be (`dynamic`).
pub(super) fn has_block(resource: Resource<'_>, name: &str) -> bool {
    let is_there = |value: &Value| value.as_list().is_none_or(|blocks| !blocks.is_empty());
    resource.get(name).is_some_and(is_there)
        || resource
            .get("dynamic")
            .and_then(|blocks| blocks.get(name))
            .is_some()
}
