//! `#[cloudfront]`: a distribution in front of private buckets and APIs.

use webhook_infra_core::{Object, Origin, Reference, Value, ValueKind};

use super::cloudfront_origins::{self as origins, Kind, Source};
use super::policy_statements::PolicyStatement;
use super::{Construct, Key, PartName, Settings, Shape, cloudfront_access, cloudfront_log};
use crate::context::{Context, Declaration, Scope, attribute, unknown};

const KEYS: &[Key] = &[
    Key::new(
        "origin",
        Shape::Block(origins::KEYS),
        "Where what is served comes from. `origin = Site` is the default: an `#[s3]` bucket, an `#[http_api]`, a `#[rest_api]`, a `#[lambda]` with a `url`, or a domain name as text. `origin(Api, path = \"/api/*\")` is another one, for the paths that match.",
    ),
    Key::new(
        "domain",
        Shape::Value,
        "The domain name of the site, or a list of them; it needs a `certificate`. Without it there is the name that CloudFront gives: `Cdn.domain_name`.",
    ),
    Key::new(
        "certificate",
        Shape::Text,
        "The ARN of the ACM certificate for `domain`. CloudFront takes certificates of the region us-east-1 only.",
    ),
    Key::new(
        "tls",
        Shape::Text,
        "The security policy: which TLS versions and ciphers viewers may use. Default: `\"TLSv1.2_2021\"`.",
    ),
    Key::sets(
        "default_root_object",
        "default_root",
        Shape::Text,
        "What is served for `/`: `\"index.html\"`.",
    ),
    Key::new(
        "spa",
        Shape::Switch,
        "A single-page application: a path that is no file is answered with `default_root` (`\"index.html\"` when absent), and the page finds its own way.",
    ),
    Key::sets(
        "price_class",
        "price_class",
        Shape::OneOf(&[
            ("100", "PriceClass_100"),
            ("200", "PriceClass_200"),
            ("all", "PriceClass_All"),
        ]),
        "Which edge locations serve: those in North America and Europe (`\"100\"`), also Asia, Africa and the Middle East (`\"200\"`), or all. Default: all.",
    ),
    Key::new(
        "cache",
        Shape::Text,
        "How the default origin is cached: `\"optimized\"`, `\"disabled\"`, or the id of a cache policy. Default: `\"optimized\"` for a bucket, `\"disabled\"` for everything else.",
    ),
    Key::new(
        "headers",
        Shape::Text,
        "The headers that are added to responses: `\"security\"` (HSTS, no sniffing, no framing), `\"cors_and_security\"`, `\"none\"`, or the id of a response headers policy. Default: `\"security\"`.",
    ),
    Key::sets(
        "web_acl_id",
        "waf",
        Shape::Text,
        "The ARN of the web ACL of AWS WAF that looks at requests first; it has the scope CLOUDFRONT.",
    ),
    Key::new(
        "log",
        Shape::Resource(cloudfront_log::KEYS, "aws_cloudwatch_log_delivery"),
        "Writes every request to a bucket: `log(Logs)`.",
    ),
    Key::sets(
        "comment",
        "description",
        Shape::Text,
        "What it is for. At most 128 characters. Default: the struct's documentation.",
    ),
];

pub(super) static CLOUDFRONT: Construct = Construct {
    name: "cloudfront",
    summary: "A CloudFront distribution: private buckets by Origin Access Control, HTTPS only, TLS 1.2, security headers",
    main: "aws_cloudfront_distribution",
    keys: KEYS,
    fields: &[],
    parts: &[PartName {
        name: "origin_access_control",
        resource: "aws_cloudfront_origin_access_control",
        suffix: "",
    }],
    aliases: &[],
    marker: "Distribution",
    target: |declaration| declaration.resource(),
    lower,
};

/// How many characters CloudFront takes as a comment. Longer documentation stays in the file.
const LONGEST_COMMENT: usize = 128;

/// What the buckets of a distribution have to let in: CloudFront reads, and its logs are written.
pub(super) fn wants<'s>(
    declaration: &Declaration<'s>,
    scope: &Scope<'s>,
) -> Vec<(String, PolicyStatement)> {
    let entries = &declaration.annotation.entries;
    let is_bucket = |name: &String| {
        scope
            .declarations
            .get(name)
            .is_some_and(|bucket| bucket.construct.name == "s3")
    };
    let read = origins::names(entries).into_iter().map(|name| {
        let statement = PolicyStatement::new(declaration, "cloudfront.amazonaws.com");
        (name, statement)
    });
    let written = cloudfront_log::bucket_name(entries)
        .into_iter()
        .map(|name| {
            let source = cloudfront_log::source(declaration.id);
            let statement =
                PolicyStatement::through(declaration, "delivery.logs.amazonaws.com", source);
            (name, statement)
        });
    read.chain(written)
        .filter(|(name, _)| is_bucket(name))
        .collect()
}

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let (origin_entries, entries) = origins::split(&declaration.annotation.entries);
    let schema = crate::lower::resource_schema("aws_cloudfront_distribution");
    let settings = context.settings(&entries, KEYS, schema, "`#[cloudfront]`", "cloudfront");
    let mistakes = context.errors.len();
    let sources = origins::sources(context, &origin_entries);
    let is_faulty = settings.is_faulty || context.errors.len() > mistakes;
    let mut body = settings.arguments();
    let comment = crate::context::one_line(&declaration.item.docs);
    if comment.chars().count() > LONGEST_COMMENT {
        Context::comment(&mut body, &declaration.item.docs);
    } else if !comment.is_empty() {
        body.set_default("comment", comment);
    }
    body.set_default("enabled", true);
    body.set_default("is_ipv6_enabled", true);
    body.set_default("http_version", "http2and3");
    if settings.flag("spa") {
        body.set_default("default_root_object", "index.html");
    }
    if let Some(domain) = settings.value("domain") {
        let names = match &domain.kind {
            ValueKind::String(_) | ValueKind::Template(_) => {
                ValueKind::List(vec![domain.clone()]).at(domain.origin)
            }
            ValueKind::List(_) => domain.clone(),
            // One name, or a list of them: only Terraform knows.
            _ => ValueKind::Call {
                function: "flatten".to_owned(),
                arguments: vec![ValueKind::List(vec![domain.clone()]).at(domain.origin)],
                spread: false,
            }
            .at(domain.origin),
        };
        body.set_default("aliases", names);
    }
    if sources.is_empty() && body.get("origin").is_none() {
        if !is_faulty {
            context.errors.add(
                declaration.span(),
                format!("distribution `{}` has no origin", declaration.name()),
                "write where what it serves comes from: `#[cloudfront(origin = Site)]`, with an `#[s3]` bucket",
            );
        }
        // It is unknown now, and not missing once more.
        for block in ["origin", "default_cache_behavior"] {
            body.set_default(block, unknown());
        }
    }
    let control = cloudfront_access::controls(context, declaration, &sources);
    for source in &sources {
        let control = control.of(source);
        body.push_block("origin", origins::block(context, source, control));
    }
    behaviors(context, declaration, &settings, &sources, &mut body);
    if body.get("restrictions").is_none() {
        let none = Object::new().with("restriction_type", "none");
        let restrictions = Object::new().with("geo_restriction", vec![none.into()]);
        body.push_block("restrictions", restrictions.into());
    }
    if body.get("viewer_certificate").is_none() {
        viewer_certificate(&settings, &mut body);
    }
    context.resource("aws_cloudfront_distribution", declaration.id, body);
    cloudfront_access::let_in(context, declaration, &sources);
    cloudfront_log::lower(context, declaration, &settings);
}

/// The default behaviour, and one for each path.
fn behaviors(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    sources: &[Source<'_>],
    body: &mut Object,
) {
    let is_spa = settings.flag("spa");
    let others = sources.iter().any(|source| source.path.is_some());
    for source in sources {
        let cache = source
            .cache
            .as_ref()
            .or(settings.value("cache").filter(|_| source.path.is_none()));
        let headers = source.headers.as_ref().or(settings.value("headers"));
        let mut behavior = Object::new();
        if let Some(path) = &source.path {
            behavior.set("path_pattern", path.clone());
        }
        behavior.set("target_origin_id", source.id.as_str());
        behavior.set("viewer_protocol_policy", "redirect-to-https");
        let is_bucket = matches!(source.kind, Kind::Bucket(_));
        let methods: &[&str] = if is_bucket {
            &["GET", "HEAD", "OPTIONS"]
        } else {
            &["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
        };
        let list = |names: &[&str]| {
            names
                .iter()
                .map(|name| Value::from(*name))
                .collect::<Vec<_>>()
        };
        behavior.set("allowed_methods", list(methods));
        behavior.set("cached_methods", list(&["GET", "HEAD"]));
        behavior.set("compress", true);
        let usual = if is_bucket { "optimized" } else { "disabled" };
        let cache = cache.cloned().unwrap_or_else(|| usual.into());
        behavior.set("cache_policy_id", cache_policy(context, cache));
        if !is_bucket {
            // The origin's name has to reach an API, not the site's.
            let policy = managed(
                context,
                "origin_request_policy",
                "all_viewer_except_host_header",
                "AllViewerExceptHostHeader",
            );
            behavior.set("origin_request_policy_id", policy);
        }
        let headers = headers.cloned().unwrap_or_else(|| "security".into());
        if let Some(policy) = headers_policy(context, headers) {
            behavior.set("response_headers_policy_id", policy);
        }
        if source.path.is_some() {
            body.push_block("ordered_cache_behavior", behavior.into());
            continue;
        }
        if is_spa && others {
            // An error response for the whole distribution would answer for the API as well.
            let function = rewrite(context, declaration, body.get("default_root_object"));
            let association = Object::new()
                .with("event_type", "viewer-request")
                .with("function_arn", function);
            behavior.push_block("function_association", association.into());
        }
        if body.get("default_cache_behavior").is_none() {
            body.push_block("default_cache_behavior", behavior.into());
        }
    }
    if is_spa && !others && body.get("custom_error_response").is_none() {
        let page = match body.get("default_root_object") {
            Some(page) => crate::context::surrounded("/", page, ""),
            None => "/index.html".into(),
        };
        // A private bucket answers 403 for what is not there.
        for code in [403_u64, 404] {
            let response = Object::new()
                .with("error_code", code)
                .with("response_code", 200_u64)
                .with("response_page_path", page.clone())
                .with("error_caching_min_ttl", 10_u64);
            body.push_block("custom_error_response", response.into());
        }
    }
}

/// Gives the page for every path without a file's ending.
fn rewrite(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    page: Option<&Value>,
) -> Value {
    let page = match page {
        Some(page) => crate::context::surrounded("'/", page, "'"),
        None => "'/index.html'".into(),
    };
    let code = crate::context::surrounded(
        "function handler(event) {\n  const request = event.request;\n  if (!request.uri.split('/').pop().includes('.')) {\n    request.uri = ",
        &page,
        ";\n  }\n  return request;\n}\n",
    );
    let name = context.prefixed(&declaration.kebab_name());
    let function = context.resource(
        "aws_cloudfront_function",
        declaration.id,
        Object::new()
            .with("name", name)
            .with("runtime", "cloudfront-js-2.0")
            .with("comment", "A path that is no file is the page.")
            .with("publish", true)
            .with("code", code),
    );
    attribute(&function, "arn")
}

/// The id of a policy that AWS keeps, by its name.
fn managed(context: &mut Context<'_>, kind: &str, id: &str, name: &str) -> Value {
    let type_name = format!("aws_cloudfront_{kind}");
    let mut block = webhook_infra_core::Block::data(&type_name, id);
    block.body.set("name", format!("Managed-{name}"));
    context.shared(block);
    Reference::data(&type_name, id, "id").into()
}

fn cache_policy(context: &mut Context<'_>, wanted: Value) -> Value {
    let (id, name) = match wanted.as_str() {
        Some("optimized") => ("caching_optimized", "CachingOptimized"),
        Some("disabled") => ("caching_disabled", "CachingDisabled"),
        _ => return wanted,
    };
    at(managed(context, "cache_policy", id, name), wanted.origin)
}

fn headers_policy(context: &mut Context<'_>, wanted: Value) -> Option<Value> {
    let (id, name) = match wanted.as_str() {
        Some("none") => return None,
        Some("security") => ("security_headers", "SecurityHeadersPolicy"),
        Some("cors_and_security") => (
            "cors_and_security_headers",
            "CORS-and-SecurityHeadersPolicy",
        ),
        _ => return Some(wanted),
    };
    let policy = managed(context, "response_headers_policy", id, name);
    Some(at(policy, wanted.origin))
}

fn at(value: Value, origin: Origin) -> Value {
    value.kind.at(origin)
}

fn viewer_certificate(settings: &Settings, body: &mut Object) {
    let mut certificate = Object::new();
    match settings.value("certificate") {
        Some(arn) => {
            certificate.set("acm_certificate_arn", arn.clone());
            certificate.set("ssl_support_method", "sni-only");
            certificate.set(
                "minimum_protocol_version",
                settings.value_or("tls", "TLSv1.2_2021"),
            );
        }
        None => {
            certificate.set("cloudfront_default_certificate", true);
        }
    }
    body.push_block("viewer_certificate", certificate.into());
}
