//! The stack's own attribute: `terraform`, the provider, and what all resources share.

use proc_macro2::Span;
use webhook_infra_core::{Block, BlockKind, Object, Value, schema};

use crate::constructs::{Key, Settings, Shape};
use crate::context::{Context, StackSettings};
use crate::syntax::{Entry, EntryKind, Module};

/// The keys of `#[stack]`.
pub(crate) const KEYS: &[Key] = &[
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
        Shape::Flag,
        "X-Ray for every function and API of the stack. Off when absent.",
    ),
    Key::new(
        "backend",
        Shape::Raw,
        "Where the state is kept: `backend(s3, bucket = \"…\", key = \"…\")`. Literals only.",
    ),
    Key::new(
        "required_version",
        Shape::Text,
        "The versions of Terraform that will do. Default: `\">= 1.5\"`.",
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
    let mut terraform = Block::new(BlockKind::Terraform, &[]);
    Context::comment(&mut terraform.body, &module.docs);
    terraform.body.set(
        "required_version",
        settings.value_or("required_version", ">= 1.5"),
    );
    let major = aws.provider_version().split('.').next().unwrap_or_default();
    let requirement = Object::new()
        .with("source", aws.provider_source())
        .with("version", format!("~> {major}.0"));
    terraform
        .body
        .set("required_providers", Object::new().with("aws", requirement));
    if let Some(entry) = backend.first() {
        if let Some(value) = backend_block(context, entry) {
            terraform.body.set("backend", value);
        }
    }
    context.push(terraform);
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

fn backend_block(context: &mut Context<'_>, entry: &Entry) -> Option<Value> {
    let EntryKind::Block(_, entries) = &entry.kind else {
        context.errors.add(
            entry.span,
            "`backend` is not written like this",
            "write `backend(s3, bucket = \"…\", key = \"…\")`",
        );
        return None;
    };
    let Some(Entry {
        kind: EntryKind::Flag(kind),
        ..
    }) = entries.first()
    else {
        context.errors.add(
            entry.span,
            "`backend(…)` does not say of what kind",
            "write the kind first: `backend(s3, bucket = \"…\", key = \"…\")`",
        );
        return None;
    };
    let body = context.free_object(entries.get(1..).unwrap_or_default(), "`backend(…)`");
    Some(Object::new().with(kind.to_string(), body).into())
}
