//! The origins of a distribution: buckets, APIs and other servers.

use proc_macro2::Span;
use webhook_infra_core::{Object, Origin, Part, Target, Value, ValueKind};

use super::{Key, Shape};
use crate::context::{Context, Declaration, attribute};
use crate::syntax::{Entry, EntryKind, Expression, ExpressionKind};

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "path",
        Shape::Text,
        "The paths it is for: `\"/api/*\"`. Without it, it is the default.",
    ),
    Key::new(
        "cache",
        Shape::Text,
        "`\"optimized\"`, `\"disabled\"`, or the id of a cache policy. Default: `\"optimized\"` for a bucket, `\"disabled\"` for everything else.",
    ),
    Key::new(
        "headers",
        Shape::Text,
        "`\"security\"`, `\"cors_and_security\"`, `\"none\"`, or the id of a response headers policy. Default: that of the distribution.",
    ),
];

/// An origin and the paths it is for.
pub(super) struct Source<'s> {
    /// How the distribution calls it.
    pub(super) id: String,
    pub(super) kind: Kind<'s>,
    pub(super) path: Option<Value>,
    pub(super) cache: Option<Value>,
    pub(super) headers: Option<Value>,
    origin: Origin,
}

/// What an origin is.
pub(super) enum Kind<'s> {
    Bucket(Declaration<'s>),
    HttpApi(Declaration<'s>),
    RestApi(Declaration<'s>),
    /// A function with a URL.
    Function(Declaration<'s>),
    Domain(Value),
}

/// The constructs that can be an origin.
const CONSTRUCTS: [&str; 4] = ["s3", "http_api", "rest_api", "lambda"];

/// The entries about origins, and the others.
pub(super) fn split(entries: &[Entry]) -> (Vec<Entry>, Vec<Entry>) {
    entries
        .iter()
        .cloned()
        .partition(|entry| match &entry.kind {
            EntryKind::Assign(name, _) | EntryKind::Flag(name) => name == "origin",
            // `origin(domain_name = …, …)` is Terraform's block.
            EntryKind::Block(name, inner) => name == "origin" && !inner.iter().any(is_raw),
            EntryKind::Positional(_) | EntryKind::Broken => false,
        })
}

fn is_raw(entry: &Entry) -> bool {
    entry
        .key()
        .is_some_and(|key| key == "domain_name" || key == "origin_id")
}

/// The names of the structs that are origins.
pub(super) fn names(entries: &[Entry]) -> Vec<String> {
    entries
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Assign(name, value) if name == "origin" => named(value),
            EntryKind::Block(name, inner) if name == "origin" => inner.iter().find_map(first_name),
            _ => None,
        })
        .collect()
}

fn named(value: &Expression) -> Option<String> {
    match &value.kind {
        ExpressionKind::Name(name) => Some(name.to_string()),
        _ => None,
    }
}

/// The struct that an entry without a key names.
pub(super) fn first_name(entry: &Entry) -> Option<String> {
    match &entry.kind {
        EntryKind::Flag(name) => Some(name.to_string()),
        EntryKind::Positional(value) => named(value),
        _ => None,
    }
}

/// Reads the origins; the default first.
pub(super) fn sources<'s>(context: &mut Context<'s>, entries: &[Entry]) -> Vec<Source<'s>> {
    let mut sources: Vec<(Source<'s>, Span)> = Vec::new();
    for entry in entries {
        let Some(source) = source(context, entry) else {
            continue;
        };
        if source.path.is_none() && sources.iter().any(|(other, _)| other.path.is_none()) {
            context.errors.add(
                entry.span,
                "the distribution has a default origin already",
                "say which paths this one is for: `origin(Api, path = \"/api/*\")`",
            );
            continue;
        }
        sources.push((source, entry.span));
    }
    if let Some((_, span)) = sources
        .first()
        .filter(|_| sources.iter().all(|(source, _)| source.path.is_some()))
    {
        context.errors.add(
            *span,
            "the distribution has no default origin, for paths that match nothing else",
            "write one without `path`: `origin = Site`",
        );
    }
    let mut sources = sources
        .into_iter()
        .map(|(source, _)| source)
        .collect::<Vec<_>>();
    sources.sort_by_key(|source| source.path.is_some());
    for place in 0..sources.len() {
        // Two paths of one bucket are two origins of different names.
        let same = sources[..place]
            .iter()
            .filter(|other| other.id.split('/').next() == Some(sources[place].id.as_str()))
            .count();
        if same > 0 {
            sources[place].id = format!("{}/{}", sources[place].id, same + 1);
        }
    }
    sources
}

fn source<'s>(context: &mut Context<'s>, entry: &Entry) -> Option<Source<'s>> {
    let origin = context.origin(entry.span);
    let example = "write `origin = Site`, or `origin(Api, path = \"/api/*\")`";
    let (expression, settings) = match &entry.kind {
        EntryKind::Assign(_, value) => (value.clone(), super::Settings::default()),
        EntryKind::Block(_, entries) => {
            let settings = context.settings(
                entries,
                KEYS,
                None,
                "`origin(…)` of `#[cloudfront]`",
                "cloudfront::origin",
            );
            let Some(first) = settings.positional.first().cloned() else {
                if !settings.is_faulty {
                    context
                        .errors
                        .add(entry.span, "`origin(…)` does not say what it is", example);
                }
                return None;
            };
            (first, settings)
        }
        _ => {
            context.errors.add(
                entry.span,
                "`origin` of `#[cloudfront]` is not written like this",
                example,
            );
            return None;
        }
    };
    let kind = kind(context, &expression)?;
    let id = match &kind {
        Kind::Bucket(declaration)
        | Kind::HttpApi(declaration)
        | Kind::RestApi(declaration)
        | Kind::Function(declaration) => declaration.kebab_name(),
        Kind::Domain(_) => "server".to_owned(),
    };
    Some(Source {
        id,
        kind,
        path: settings.value("path").cloned(),
        cache: settings.value("cache").cloned(),
        headers: settings.value("headers").cloned(),
        origin,
    })
}

fn kind<'s>(context: &mut Context<'s>, expression: &Expression) -> Option<Kind<'s>> {
    let ExpressionKind::Name(name) = &expression.kind else {
        return Some(Kind::Domain(context.value(expression)?));
    };
    let declared = context.scope.declarations.get(&name.to_string()).copied();
    if declared.is_some_and(|declaration| declaration.construct.name == "variable") {
        return Some(Kind::Domain(context.value(expression)?));
    }
    context.expect_declared(expression, &CONSTRUCTS, "an origin")?;
    let declaration = declared?;
    Some(match declaration.construct.name {
        "s3" => Kind::Bucket(declaration),
        "http_api" => Kind::HttpApi(declaration),
        "lambda" => {
            let has_url = declaration
                .annotation
                .entries
                .iter()
                .any(|entry| entry.key().is_some_and(|key| key == "url"));
            if !has_url {
                context.errors.add(
                    name.span(),
                    format!("function `{name}` has no URL that CloudFront could ask"),
                    "write `url(auth = \"aws_iam\")` in its `#[lambda(…)]`; CloudFront signs what it asks",
                );
                return None;
            }
            Kind::Function(declaration)
        }
        _ => Kind::RestApi(declaration),
    })
}

/// The `origin` block.
pub(super) fn block(
    context: &mut Context<'_>,
    source: &Source<'_>,
    control: Option<&Target>,
) -> Value {
    let mut body = Object::new().with("origin_id", source.id.as_str());
    if let Some(control) = control {
        body.set("origin_access_control_id", attribute(control, "id"));
    }
    match &source.kind {
        Kind::Bucket(bucket) => {
            body.set(
                "domain_name",
                attribute(&bucket.target(), "bucket_regional_domain_name"),
            );
            return ValueKind::Object(body).at(source.origin);
        }
        Kind::HttpApi(api) => {
            let endpoint = attribute(&api.target(), "api_endpoint");
            body.set("domain_name", without(endpoint, "https://"));
        }
        Kind::Function(function) => {
            let url = function.part("url").unwrap_or_else(|| function.target());
            let url = without(attribute(&url, "function_url"), "https://");
            body.set("domain_name", without(url, "/"));
        }
        Kind::RestApi(api) => {
            let domain = Value::template(vec![
                Part::Interpolation(attribute(&api.target(), "id")),
                Part::Text(".execute-api.".to_owned()),
                Part::Interpolation(context.region()),
                Part::Text(".amazonaws.com".to_owned()),
            ]);
            body.set("domain_name", domain);
            if let Some(stage) = api.part("stage") {
                let stage = attribute(&stage, "stage_name");
                body.set("origin_path", crate::context::surrounded("/", &stage, ""));
            }
        }
        Kind::Domain(domain) => {
            body.set("domain_name", domain.clone());
        }
    }
    let server = Object::new()
        .with("http_port", 80_u64)
        .with("https_port", 443_u64)
        .with("origin_protocol_policy", "https-only")
        .with("origin_ssl_protocols", vec!["TLSv1.2".into()]);
    body.push_block("custom_origin_config", server.into());
    ValueKind::Object(body).at(source.origin)
}

/// A text without a part of it.
fn without(text: Value, part: &str) -> Value {
    ValueKind::Call {
        function: "replace".to_owned(),
        arguments: vec![text, part.into(), "".into()],
        spread: false,
    }
    .into()
}
