//! Where the state is kept: the backend's kind and its arguments.

use super::catalogue;
use crate::backends::{self, BACKENDS, Backend};
use crate::document::BlockKind;
use crate::graph::Resource;
use crate::rules::Findings;
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Object, Value};

pub(super) fn check(block: Resource<'_>, findings: &mut Findings) {
    if block.block.kind != BlockKind::Terraform {
        return;
    }
    let kinds = block.get("backend").and_then(Value::as_object);
    for (kind, body) in kinds.into_iter().flat_map(Object::iter) {
        let Some(backend) = backends::find(&kind.name) else {
            let names = BACKENDS.iter().map(|backend| backend.name);
            let near = nearest(&kind.name, names.clone());
            findings
                .under(
                    &catalogue::UNKNOWN_ARGUMENT,
                    block,
                    kind.origin,
                    format!("Terraform has no backend `{}`", kind.name),
                )
                .because("`terraform init` stops")
                .help(match near.as_slice() {
                    [] => format!(
                        "its backends are `{}`",
                        names.collect::<Vec<_>>().join("`, `")
                    ),
                    near => did_you_mean(near),
                });
            continue;
        };
        if let Some(body) = body.as_object() {
            arguments(block, backend, body, "", findings);
        }
    }
}

fn arguments(
    block: Resource<'_>,
    backend: &Backend,
    body: &Object,
    path: &str,
    findings: &mut Findings,
) {
    for (key, value) in body.iter() {
        if backend.arguments_in(path).all(|name| name != key.name) {
            let near = nearest(&key.name, backend.arguments_in(path));
            let place = if path.is_empty() {
                format!("backend `{}`", backend.name)
            } else {
                format!("`{path}` of backend `{}`", backend.name)
            };
            findings
                .under(
                    &catalogue::UNKNOWN_ARGUMENT,
                    block,
                    key.origin.or(value.origin),
                    format!("{place} has no argument `{}`", key.name),
                )
                .because("`terraform init` stops")
                .help(match near.as_slice() {
                    [] => format!("see the documentation of the backend `{}`", backend.name),
                    near => did_you_mean(near),
                });
            continue;
        }
        let inner = if path.is_empty() {
            key.name.clone()
        } else {
            format!("{path}.{}", key.name)
        };
        // `headers` and `tags` are maps whose keys are the author's.
        let is_nested = backend.arguments_in(&inner).next().is_some();
        if let Some(body) = value.as_object().filter(|_| is_nested) {
            arguments(block, backend, body, &inner, findings);
        }
    }
}
