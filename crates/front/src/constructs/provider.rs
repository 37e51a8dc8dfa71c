//! `#[provider]`: the configuration of a provider other than the stack's own, or a second one of it.

use webhook_infra_core::{Block, BlockKind, Object, Target, Value};

use super::{Construct, Key, Settings, Shape, resource};
use crate::context::{Context, Declaration};
use crate::syntax::{EntryKind, Expression, ExpressionKind};

const KEYS: &[Key] = &[
    Key::new(
        "alias",
        Shape::Text,
        "The name of this configuration. Required from the second of a provider on; `#[stack]` has the first of `aws`.",
    ),
    Key::new(
        "source",
        Shape::Text,
        "Where Terraform finds the provider: `\"hashicorp/random\"`. Default: `hashicorp/` and the provider's name.",
    ),
    Key::new(
        "version",
        Shape::Text,
        "The versions that will do: `\"~> 3.6\"`. Without it Terraform takes the newest.",
    ),
    Key::new(
        "schema",
        Shape::Text,
        "The file with the provider's schema, seen from the package: the output of `terraform providers schema -json`. With it, everything of the provider is checked; without it, nothing is.",
    ),
];

pub(super) static PROVIDER: Construct = Construct {
    name: "provider",
    summary: "Another provider, or a second configuration: `#[provider(aws, alias = \"virginia\", region = \"us-east-1\")] pub struct Virginia;`",
    main: "",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    // What `provider = Name` takes: the provider's name and the alias.
    target: |declaration| {
        let name = resource::type_name(declaration).unwrap_or_default();
        Target::Scoped(match literal(declaration, "alias") {
            Some(alias) => format!("{name}.{alias}"),
            None => name,
        })
    },
    lower,
};

/// The literal text of a key, read before anything is lowered.
pub(crate) fn literal(declaration: &Declaration<'_>, key: &str) -> Option<String> {
    literal_expression(declaration, key).and_then(|value| match &value.kind {
        ExpressionKind::String(text) => Some(text.clone()),
        _ => None,
    })
}

/// The value of a key as it was written.
pub(crate) fn literal_expression<'s>(
    declaration: &Declaration<'s>,
    key: &str,
) -> Option<&'s Expression> {
    let entries = &declaration.annotation.entries;
    entries.iter().find_map(|entry| match &entry.kind {
        EntryKind::Assign(name, value) if name == key => Some(value),
        _ => None,
    })
}

/// The provider's local name.
pub(crate) fn name(declaration: &Declaration<'_>) -> Option<String> {
    resource::type_name(declaration)
}

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let entries = &declaration.annotation.entries;
    let Some(name) = name(declaration).filter(|name| !name.is_empty()) else {
        context.errors.add(
            declaration.span(),
            "`#[provider]` does not say which",
            "write the provider's name first: `#[provider(random, version = \"~> 3.6\")]`",
        );
        return;
    };
    let entries = entries.get(1..).unwrap_or_default();
    let schema = context.document.schemas.provider(&name);
    let (settings, configuration) = if let Some(schema) = schema {
        let settings = context.settings(
            entries,
            KEYS,
            Some(schema.provider()),
            "`#[provider]`",
            "provider",
        );
        let configuration = settings.extra.clone();
        (settings, configuration)
    } else {
        let is_ours = |entry: &&crate::syntax::Entry| {
            let key = entry.key().map(ToString::to_string).unwrap_or_default();
            KEYS.iter().any(|known| known.name == key)
        };
        let (ours, others): (Vec<_>, Vec<_>) = entries.iter().partition(is_ours);
        let ours = ours.into_iter().cloned().collect::<Vec<_>>();
        let others = others.into_iter().cloned().collect::<Vec<_>>();
        let settings = context.settings(&ours, KEYS, None, "`#[provider]`", "provider");
        let configuration = context.free_object(&others, &format!("provider `{name}`"));
        (settings, configuration)
    };
    require(context, &settings, &name);
    let mut block = Block::new(BlockKind::Provider, &[&name]);
    if let Some(first) = declaration.annotation.entries.first() {
        block.origin = context.origin(first.span);
    }
    Context::comment(&mut block.body, &declaration.item.docs);
    if let Some(alias) = settings.value("alias") {
        block.body.set("alias", alias.clone());
    }
    for (key, value) in configuration.iter() {
        block.body.set(key.clone(), value.clone());
    }
    context.push(block);
}

/// Adds the provider to `required_providers`.
fn require(context: &mut Context<'_>, settings: &Settings, name: &str) {
    let mut wanted = Object::new();
    wanted.set(
        "source",
        settings.value_or("source", format!("hashicorp/{name}")),
    );
    if let Some(version) = settings.value("version") {
        wanted.set("version", version.clone());
    }
    let terraform = context
        .document
        .blocks
        .iter_mut()
        .find(|block| block.kind == BlockKind::Terraform);
    let Some(required) = terraform.and_then(|block| block.body.get_mut("required_providers"))
    else {
        return;
    };
    let webhook_infra_core::ValueKind::Object(required) = &mut required.kind else {
        return;
    };
    let first = required.get(name).and_then(Value::as_object).cloned();
    let Some(first) = first else {
        required.set(name, wanted);
        return;
    };
    for key in ["source", "version"] {
        let Some(setting) = settings.find(key) else {
            continue;
        };
        let value = settings.value(key);
        match first.get(key) {
            Some(other) if value.and_then(Value::as_str) != other.as_str() => {
                context.errors.add(
                    setting.span,
                    format!(
                        "provider `{name}` is required with the {key} \"{}\" already",
                        other.as_str().unwrap_or("…")
                    ),
                    format!("leave `{key}` out; all configurations of a provider are of one {key}"),
                );
                return;
            }
            _ => {}
        }
    }
}
