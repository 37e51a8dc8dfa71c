//! `log(…)` of a distribution: every request, written to a bucket.
//!
//! CloudFront hands its logs to CloudWatch's delivery, which lives in us-east-1 and writes to a bucket
//! without access control lists. The older way needs such lists, which an `#[s3]` bucket has switched off.

use webhook_infra_core::{Address, Object, Target, Value};

use super::cloudfront_origins::first_name;
use super::{Key, Settings, Shape};
use crate::context::{Context, Declaration, attribute};
use crate::syntax::{Entry, EntryKind};

pub(super) const KEYS: &[Key] = &[Key::new(
    "format",
    Shape::OneOf(&[
        ("json", "json"),
        ("parquet", "parquet"),
        ("w3c", "w3c"),
        ("plain", "plain"),
    ]),
    "How the files are written. Default: `\"json\"`.",
)];

/// The region of CloudFront's control plane.
const REGION: &str = "us-east-1";

/// The bucket that `log(…)` names.
pub(super) fn bucket_name(entries: &[Entry]) -> Option<String> {
    entries.iter().find_map(|entry| match &entry.kind {
        EntryKind::Block(name, inner) if name == "log" => inner.iter().find_map(first_name),
        _ => None,
    })
}

/// The resource on whose behalf logs are written.
pub(super) fn source(id: &str) -> Target {
    Target::Resource(
        "aws_cloudwatch_log_delivery_source".to_owned(),
        id.to_owned(),
    )
}

pub(super) fn lower(context: &mut Context<'_>, declaration: &Declaration<'_>, settings: &Settings) {
    let Some((setting, log)) = settings.blocks("log").next() else {
        return;
    };
    let example = "write the bucket first: `log(Logs)`, with `#[s3] pub struct Logs;`";
    let Some(bucket) = log.positional.first() else {
        if !log.is_faulty {
            context
                .errors
                .add(setting.span, "`log(…)` does not say where to", example);
        }
        return;
    };
    let Some(bucket) = context
        .expect_declared(bucket, &["s3"], "where logs are written")
        .map(|bucket| (bucket.target(), bucket.id.to_owned()))
    else {
        return;
    };
    let id = declaration.id;
    let name = context.prefixed(&declaration.kebab_name());
    let source = context.resource(
        "aws_cloudwatch_log_delivery_source",
        id,
        Object::new()
            .with("name", name.clone())
            .with("region", REGION)
            .with("log_type", "ACCESS_LOGS")
            .with("resource_arn", attribute(&declaration.target(), "arn")),
    );
    let destination = Object::new().with("destination_resource_arn", attribute(&bucket.0, "arn"));
    let destination = context.resource(
        "aws_cloudwatch_log_delivery_destination",
        id,
        Object::new()
            .with("name", name)
            .with("region", REGION)
            .with("output_format", log.value_or("format", "json"))
            .with(
                "delivery_destination_configuration",
                vec![destination.into()],
            ),
    );
    let mut body = log.arguments();
    body.set_default("region", REGION);
    body.set_default("delivery_source_name", attribute(&source, "name"));
    body.set_default("delivery_destination_arn", attribute(&destination, "arn"));
    // The bucket lets the delivery in before it is asked whether it does.
    let wait = Value::from(Address::new(format!("aws_s3_bucket_policy.{}", bucket.1)));
    body.set_default("depends_on", vec![wait]);
    context.resource("aws_cloudwatch_log_delivery", id, body);
}
