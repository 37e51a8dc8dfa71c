//! The statements of a key's policy.

use webhook_infra_core::rules::key_services::{
    ACTIONS, CLOUDFRONT, EVENTS, LOGS_ACTIONS, READ_ACTIONS,
};
use webhook_infra_core::{Block, Object, Part, Reference, Value, ValueKind};

use super::statement::{allow, wildcard};
use super::tls_only;
use crate::context::Context;

/// The account administers the key: what its roles may do with it is for their own policies to say.
/// Without this statement a key can become one that nobody can change any more.
pub(super) fn account(context: &mut Context<'_>) -> Object {
    let account = context.account_id();
    let root = Value::template(vec![
        text("arn:"),
        partition(context),
        text(":iam::"),
        Part::Interpolation(account),
        text(":root"),
    ]);
    // In a key policy `*` is the key itself.
    allow("AllowAccount", &["kms:*"], wildcard())
        .with("principals", vec![principals("AWS", vec![root].into())])
}

/// These AWS services may use the key for what they write to queues and topics of this account.
pub(super) fn services(context: &mut Context<'_>, services: &Value) -> Vec<Object> {
    // EventBridge does not tell KMS on whose behalf it calls, and a condition on it would never be met.
    let (nameless, others) = match &services.kind {
        ValueKind::List(items) => items
            .iter()
            .cloned()
            .partition::<Vec<_>, _>(|service| service.as_str() == Some(EVENTS)),
        _ => (Vec::new(), vec![services.clone()]),
    };
    let mut statements = Vec::new();
    if !others.is_empty() {
        let identifiers = if nameless.is_empty() {
            services.clone()
        } else {
            others.into()
        };
        let account = context.account_id();
        let own = tls_only::condition("StringEquals", "aws:SourceAccount", vec![account]);
        statements.push(
            allow("AllowServices", &ACTIONS, wildcard())
                .with("principals", vec![principals("Service", identifiers)])
                .with("condition", vec![own]),
        );
    }
    if !nameless.is_empty() {
        statements.push(
            allow("AllowEventBridge", &ACTIONS, wildcard())
                .with("principals", vec![principals("Service", nameless.into())]),
        );
    }
    statements
}

/// CloudFront may read with the key for the distributions of this account. Which ones cannot be said: a
/// distribution knows its bucket, the bucket its key, and Terraform refuses a circle.
pub(super) fn cloudfront(context: &mut Context<'_>) -> Object {
    let account = context.account_id();
    let distributions = Value::template(vec![
        text("arn:"),
        partition(context),
        text(":cloudfront::"),
        Part::Interpolation(account),
        text(":distribution/*"),
    ]);
    let own = tls_only::condition("ArnLike", "aws:SourceArn", vec![distributions]);
    let identifiers = vec![Value::from(CLOUDFRONT)].into();
    allow("AllowCloudFront", &READ_ACTIONS, wildcard())
        .with("principals", vec![principals("Service", identifiers)])
        .with("condition", vec![own])
}

/// CloudWatch Logs may use the key for these log groups; without any, for all of the account.
pub(super) fn logs(
    context: &mut Context<'_>,
    services: Option<Vec<Value>>,
    groups: Option<Vec<Value>>,
) -> Object {
    let own_region = region(context);
    // A service that the author named may be that of another region.
    let region = match &services {
        Some(_) => text("*"),
        None => own_region.clone(),
    };
    let account = context.account_id();
    let partition = partition(context);
    let arn = |group: Value| {
        let mut parts = vec![
            text("arn:"),
            partition.clone(),
            text(":logs:"),
            region.clone(),
            text(":"),
            Part::Interpolation(account.clone()),
            text(":log-group:"),
        ];
        match group.kind {
            ValueKind::Template(name) => parts.extend(name),
            _ => parts.push(Part::Interpolation(group)),
        }
        Value::template(parts)
    };
    let groups = groups.map_or_else(
        || vec![arn("*".into())],
        |groups| groups.into_iter().map(flat).map(arn).collect(),
    );
    let own = Value::template(vec![text("logs."), own_region, text(".amazonaws.com")]);
    let services = services.unwrap_or_else(|| vec![own]);
    allow("AllowLogs", &LOGS_ACTIONS, wildcard())
        .with("principals", vec![principals("Service", services.into())])
        .with(
            "condition",
            vec![tls_only::condition(
                "ArnLike",
                "kms:EncryptionContext:aws:logs:arn",
                groups,
            )],
        )
}

/// A value without the place where it was written: what is wrong here is not its fault.
fn flat(mut value: Value) -> Value {
    value.origin = webhook_infra_core::Origin::UNKNOWN;
    value
}

fn principals(kind: &str, identifiers: Value) -> Value {
    Object::new()
        .with("type", kind)
        .with("identifiers", identifiers)
        .into()
}

fn text(text: &str) -> Part {
    Part::Text(text.to_owned())
}

fn partition(context: &mut Context<'_>) -> Part {
    context.shared(Block::data("aws_partition", "current"));
    Part::Interpolation(Reference::data("aws_partition", "current", "partition").into())
}

fn region(context: &mut Context<'_>) -> Part {
    context.shared(Block::data("aws_region", "current"));
    Part::Interpolation(Reference::data("aws_region", "current", "region").into())
}
