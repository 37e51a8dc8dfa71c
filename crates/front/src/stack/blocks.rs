//! The stack's own attribute: `terraform`, the provider, and what all resources share.

use proc_macro2::Span;
use webhook_infra_core::{Block, BlockKind, Object, schema};

use super::terraform;

use crate::constructs::{Key, Settings, Shape};
use crate::context::{Context, StackSettings};
use crate::syntax::{Entry, Module};

/// The keys of `#[stack]`.
pub const KEYS: &[Key] = &[
    Key::new(
        "name",
        Shape::Text,
        "What every name in AWS starts with; `\"orders-${var.stage}\"` keeps environments apart. Required.",
    ),
    Key::new(
        "region",
        Shape::Value,
        "The AWS region. Default: what the environment of Terraform says.",
    ),
    Key::new(
        "tags",
        Shape::Value,
        "Tags of every resource (the provider's `default_tags`): `tags(service = \"orders\")`.",
    ),
    Key::new(
        "artifacts",
        Shape::Text,
        "Where the archives of the functions are, seen from the output folder. Default: `\"../target/lambda\"`, where `cargo lambda` puts them.",
    ),
    Key::new(
        "tracing",
        Shape::Switch,
        "X-Ray for every function and API of the stack. Off when absent.",
    ),
    Key::new(
        "backend",
        Shape::Block(&[]),
        "Where the state is kept: `backend(s3, bucket = \"…\", key = \"…\")`. Literals only.",
    ),
    Key::new(
        "cloud",
        Shape::Block(terraform::CLOUD),
        "HCP Terraform keeps the state and runs the plans: `cloud(organization = \"…\", workspaces(name = \"…\"))`. Literals only.",
    ),
    Key::new(
        "target",
        Shape::Block(terraform::TARGET),
        "The least versions that the stack has to work with; what is newer is an error. Sets `required_version`.",
    ),
    Key::new(
        "required_version",
        Shape::Text,
        "The versions of Terraform that will do. Default: `\">= 1.5\"`, or what the parts of the language in use need.",
    ),
];

/// Makes the blocks, and gives the stack's name.
pub(super) fn lower(context: &mut Context<'_>, module: &Module, entries: &[Entry]) -> String {
    // `backend(…)` has a grammar of its own: a kind, then literals.
    let (backend, entries): (Vec<_>, Vec<_>) = entries
        .iter()
        .cloned()
        .partition(|entry| entry.key().is_some_and(|key| key == "backend"));
    let aws = schema::aws();
    let provider = aws.provider();
    let settings = context.settings(&entries, KEYS, Some(provider), "`#[stack]`", "stack");
    let call = Span::call_site();
    context.here = context.document.origin(call);
    context.stack = StackSettings {
        prefix: settings.value("name").cloned(),
        artifacts: settings
            .text("artifacts")
            .unwrap_or("../target/lambda")
            .to_owned(),
        tracing: settings.flag("tracing"),
    };
    if settings.value("name").is_none() && !settings.is_faulty {
        context.errors.add(
            module.name.span(),
            format!("stack `{}` has no name", module.name),
            "write `#[stack(name = \"…\")]`; the names of its resources in AWS start with it",
        );
    }
    terraform::lower(context, &module.docs, &settings, &backend);
    provider_block(context, &settings);
    settings.text("name").unwrap_or_default().to_owned()
}

fn provider_block(context: &mut Context<'_>, settings: &Settings) {
    let mut provider = Block::new(BlockKind::Provider, &["aws"]);
    provider.body = settings.extra.clone();
    if let Some(region) = settings.value("region") {
        provider.body.set("region", region.clone());
    }
    if let Some(tags) = settings.value("tags") {
        provider.body.push_block(
            "default_tags",
            Object::new().with("tags", tags.clone()).into(),
        );
    }
    context.push(provider);
}
