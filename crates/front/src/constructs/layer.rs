//! `#[layer]`: code and data that several functions share.

use webhook_infra_core::{Key as EntryKey, Value, ValueKind};

use super::{Construct, Key, Shape, lambda_code};
use crate::context::{Context, Declaration};
use crate::syntax::{Expression, ExpressionKind};

const KEYS: &[Key] = &[
    Key::sets(
        "layer_name",
        "name",
        Shape::Text,
        "The layer's name in AWS. At most 140 letters, digits, hyphens and underscores. Default: the stack's name and the struct's.",
    ),
    Key::new(
        "artifact",
        Shape::Text,
        "The archive, seen from the output folder. Default: `<artifacts>/<struct-name>/layer.zip`, with `artifacts` of `#[stack]`.",
    ),
    Key::new(
        "arch",
        Shape::Text,
        "The architecture it is for: `\"arm64\"` or `\"x86_64\"`. Any when absent.",
    ),
    Key::sets(
        "compatible_runtimes",
        "runtimes",
        Shape::Value,
        "The runtimes it is for: `[\"provided.al2023\"]`, 15 at most. Any when absent.",
    ),
];

pub(super) static LAYER: Construct = Construct {
    name: "layer",
    summary: "A Lambda layer; functions take it by `layers = [Shared]`",
    main: "aws_lambda_layer_version",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[("name", "layer_name")],
    marker: "Layer",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let name = context.physical_name(&settings, declaration);
    let mut body = settings.arguments();
    if !declaration.item.docs.is_empty() {
        body.set_default(
            "description",
            crate::context::one_line(&declaration.item.docs),
        );
    }
    body.set_default("layer_name", name);
    let artifact = settings.value("artifact");
    lambda_code::archive(context, declaration, artifact, "layer.zip", &mut body);
    if let Some((setting, arch)) = settings.find("arch").zip(settings.value("arch")) {
        let key = EntryKey::new("compatible_architectures", setting.origin);
        body.set_default(key, vec![arch.clone()]);
    }
    context.resource("aws_lambda_layer_version", declaration.id, body);
}

/// `layers = [Shared, "arn:…"]` of a function: structs stand for their newest version.
pub(super) fn layers(context: &mut Context<'_>, expression: &Expression) -> Value {
    let origin = context.origin(expression.span);
    let ExpressionKind::List(items) = &expression.kind else {
        return context
            .value(expression)
            .unwrap_or_else(crate::context::unknown);
    };
    let layers = items
        .iter()
        .map(|item| {
            let is_struct = matches!(&item.kind, ExpressionKind::Name(name)
                if context.scope.declarations.get(&name.to_string()).is_some_and(|declared| declared.construct.name != "variable"));
            let value = if is_struct {
                let layer = context.expect_declared(item, &["layer"], "a layer");
                layer.map(|layer| crate::context::attribute(&layer.target(), "arn"))
            } else {
                context.value(item)
            };
            let mut value = value.unwrap_or_else(crate::context::unknown);
            value.origin = context.origin(item.span);
            value
        })
        .collect();
    ValueKind::List(layers).at(origin)
}
