//! The `terraform` block: versions, and where the state is kept.

use webhook_infra_core::versions::{self, Targets, Version};
use webhook_infra_core::{Block, BlockKind, Key as EntryKey, Object, Value, ValueKind, schema};

use crate::constructs::{Key, Settings, Shape};
use crate::context::Context;
use crate::syntax::{Entry, EntryKind};

/// The oldest version that a stack is written for when it does not say.
const OLDEST: Version = Version(1, 5);

/// The keys of `target(…)`.
pub(crate) const TARGET: &[Key] = &[
    Key::new(
        "terraform",
        Shape::Text,
        "The versions of Terraform: `\">= 1.9\"`.",
    ),
    Key::new(
        "opentofu",
        Shape::Text,
        "The versions of OpenTofu: `\">= 1.8\"`.",
    ),
];

/// The keys of `cloud(…)`.
pub(crate) const CLOUD: &[Key] = &[
    Key::new(
        "organization",
        Shape::Text,
        "The organization in HCP Terraform.",
    ),
    Key::new(
        "hostname",
        Shape::Text,
        "The host of Terraform Enterprise. Default: `app.terraform.io`.",
    ),
    Key::new(
        "workspaces",
        Shape::Block(&[
            Key::new("name", Shape::Text, "The one workspace."),
            Key::new(
                "tags",
                Shape::Value,
                "Instead of a name: the workspaces with all of these tags.",
            ),
            Key::new("project", Shape::Text, "The project that they are in."),
        ]),
        "Which workspaces the stack has.",
    ),
];

/// The block, and what the stack is written for.
pub(super) fn lower(context: &mut Context<'_>, docs: &str, settings: &Settings, backend: &[Entry]) {
    let aws = schema::aws();
    let mut terraform = Block::new(BlockKind::Terraform, &[]);
    Context::comment(&mut terraform.body, docs);
    if let Some(version) = required_version(context, settings) {
        terraform.body.set("required_version", version);
    }
    let major = aws.provider_version().split('.').next().unwrap_or_default();
    let requirement = Object::new()
        .with("source", aws.provider_source())
        .with("version", format!("~> {major}.0"));
    terraform
        .body
        .set("required_providers", Object::new().with("aws", requirement));
    if let Some((second, first)) = backend.get(1).zip(backend.first()) {
        context.errors.add(
            second.span,
            "`backend` is given twice in `#[stack]`",
            format!(
                "a state is kept in one place; the first is at {}",
                super::judgement::place(first.span)
            ),
        );
    } else if let Some(entry) = backend.first() {
        if let Some(value) = backend_block(context, entry) {
            let origin = context.origin(entry.span);
            terraform.body.set(EntryKey::new("backend", origin), value);
        }
    }
    if let Some((setting, cloud)) = settings.blocks("cloud").next() {
        if !backend.is_empty() {
            context.errors.add(
                setting.span,
                "`cloud` and `backend` both say where the state is kept",
                "remove one of the two; HCP Terraform keeps it itself",
            );
        }
        if let Some(cloud) = cloud_block(context, cloud, setting.span) {
            terraform
                .body
                .set(EntryKey::new("cloud", setting.origin), cloud);
        }
    }
    context.push(terraform);
}

/// What the author wrote, or what follows from the targets. `None` leaves it to [`settle_version`].
fn required_version(context: &mut Context<'_>, settings: &Settings) -> Option<Value> {
    let explicit = settings.value("required_version").cloned();
    let Some((setting, target)) = settings.blocks("target").next() else {
        return explicit;
    };
    if let Some(setting) = settings
        .find("required_version")
        .filter(|_| explicit.is_some())
    {
        context.errors.add(
            setting.span,
            "`required_version` follows from `target`",
            "remove `required_version`",
        );
    }
    let mut targets = Targets::default();
    let mut texts = Vec::new();
    for product in ["terraform", "opentofu"] {
        let Some(value) = target.value(product) else {
            continue;
        };
        let origin = value.origin;
        let least = value.as_str().and_then(versions::least);
        let (Some(text), Some(least)) = (value.as_str(), least) else {
            let span = target
                .find(product)
                .map_or(setting.span, |setting| setting.span);
            context.errors.add(
                span,
                format!("`{product}` of `target(…)` names no least version"),
                format!("write `target({product} = \">= 1.9\")`"),
            );
            return None;
        };
        if product == "terraform" {
            targets.terraform = Some(least);
        } else {
            targets.opentofu = Some(least);
        }
        texts.push((least, ValueKind::String(text.to_owned()).at(origin)));
    }
    context.document.targets = targets;
    match texts.as_slice() {
        [] => {
            if !target.is_faulty {
                context.errors.add(
                    setting.span,
                    "`target(…)` names no product",
                    "write `target(terraform = \">= 1.9\")`, `target(opentofu = \">= 1.8\")` or both",
                );
            }
            None
        }
        [(_, only)] => Some(only.clone()),
        // Each product compares the constraint with its own version, so both have to pass.
        several => {
            let least = several.iter().map(|(least, _)| *least).min()?;
            Some(format!(">= {least}").into())
        }
    }
}

/// Sets the version that everything in the document needs, where the author said nothing of versions.
pub(super) fn settle_version(context: &mut Context<'_>) {
    let needed = versions::needed(&context.document).unwrap_or(OLDEST);
    let terraform = context
        .document
        .blocks
        .iter_mut()
        .find(|block| block.kind == BlockKind::Terraform);
    if let Some(terraform) = terraform {
        terraform
            .body
            .set_default("required_version", format!(">= {}", needed.max(OLDEST)));
    }
}

fn cloud_block(
    context: &mut Context<'_>,
    settings: &Settings,
    span: proc_macro2::Span,
) -> Option<Object> {
    let mut cloud = Object::new();
    for name in ["organization", "hostname"] {
        if let Some(value) = settings.value(name) {
            cloud.set(name, value.clone());
        }
    }
    if settings.value("organization").is_none() && !settings.is_faulty {
        context.errors.add(
            span,
            "`cloud(…)` names no organization",
            "write `cloud(organization = \"…\", workspaces(name = \"…\"))`",
        );
        return None;
    }
    let Some((setting, workspaces)) = settings.blocks("workspaces").next() else {
        if !settings.is_faulty {
            context.errors.add(
                span,
                "`cloud(…)` names no workspaces",
                "add `workspaces(name = \"…\")`, or `workspaces(tags = [\"…\"])` for several",
            );
        }
        return None;
    };
    let mut body = Object::new();
    for name in ["name", "tags", "project"] {
        if let Some(value) = workspaces.value(name) {
            body.set(name, value.clone());
        }
    }
    let has = |name: &str| body.get(name).is_some();
    if has("name") == has("tags") && !workspaces.is_faulty {
        context.errors.add(
            setting.span,
            "`workspaces(…)` takes a name or tags",
            "write `workspaces(name = \"…\")` for one, or `workspaces(tags = [\"…\"])` for several",
        );
        return None;
    }
    cloud.set(EntryKey::new("workspaces", setting.origin), body);
    Some(cloud)
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
    let origin = context.origin(kind.span());
    Some(
        Object::new()
            .with(EntryKey::new(kind.to_string(), origin), body)
            .into(),
    )
}
