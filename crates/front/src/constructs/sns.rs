//! `#[sns]`: a topic, and the key that lets AWS services publish to it encrypted.

use webhook_infra_core::{Object, Target, Value, ValueKind};

use super::sqs::deduplicate;
use super::statement::allow;
use super::{
    Construct, Key, PartName, Shape, code, encryption, key_policy, policy_statements, tls_only,
};
use crate::context::{Context, Declaration, attribute, surrounded};

const KEYS: &[Key] = &[
    Key::new(
        "name",
        Shape::Text,
        "The topic's name in AWS. At most 256 letters, digits, hyphens and underscores. Default: the stack's name and the struct's.",
    ),
    Key::sets(
        "fifo_topic",
        "fifo",
        Shape::Switch,
        "First in, first out, within a message group. Only queues can subscribe: FIFO ones keep the order, standard ones do not.",
    ),
    Key::new(
        "deduplication",
        Shape::OneOf(&[("content", "content"), ("id", "id")]),
        "How a FIFO topic tells that a message was published twice within 5 minutes: by a hash of its body (`\"content\"`), or by the id that each publisher has to give (`\"id\"`, which is AWS's default).",
    ),
    Key::sets(
        "fifo_throughput_scope",
        "throughput",
        Shape::OneOf(&[("per_topic", "Topic"), ("per_group", "MessageGroup")]),
        "Whether a FIFO topic looks for the same message, and limits its throughput, in all of the topic or in each message group.",
    ),
    Key::new(
        "encrypted",
        Shape::Switch,
        "Encryption at rest with a key of the stack's own ($1 a month), which CloudWatch alarms may use. With the AWS managed key (`kms_master_key_id = \"alias/aws/sns\"`) their messages would be lost.",
    ),
    Key::new(
        "key",
        Shape::Raw,
        "The `#[kms_key]` struct, or the ARN of a key, to encrypt with, in place of one that `encrypted` makes. The services in `publishers` may use it.",
    ),
    Key::new(
        "tls_only",
        Shape::Switch,
        "Refuses messages that do not come over TLS. On when absent.",
    ),
    Key::new(
        "publishers",
        Shape::Value,
        "The AWS services that may publish, of this account only. Default: `[\"cloudwatch.amazonaws.com\"]`, for alarms.",
    ),
];

pub(super) static SNS: Construct = Construct {
    name: "sns",
    summary: "An SNS topic that alarms can publish to, TLS-only, encrypted with a key that works",
    main: "aws_sns_topic",
    keys: KEYS,
    fields: &[],
    parts: &[PartName {
        name: "key",
        resource: "aws_kms_key",
        suffix: "",
    }],
    aliases: &[("topic_arn", "arn")],
    marker: "Topic",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let id = declaration.id;
    let topic = declaration.target();
    let mut name = context.physical_name(&settings, declaration);
    if settings.flag("fifo") && settings.value("name").is_none() {
        name = crate::context::suffixed(&name, ".fifo");
    }
    let publishers = settings.value_or("publishers", vec!["cloudwatch.amazonaws.com".into()]);
    let mut body = settings.arguments();
    Context::comment(&mut body, &declaration.item.docs);
    body.set_default("name", name.clone());
    deduplicate(&settings, &mut body);
    encryption::set(
        context,
        &settings,
        declaration,
        &mut body,
        "kms_master_key_id",
    );
    if settings.flag("encrypted") && body.get("kms_master_key_id").is_none() {
        let publishers = with_writers(context, declaration, &publishers);
        let key = encryption_key(context, declaration, &publishers);
        let mut reference = attribute(&key, "id");
        reference.origin = settings
            .find("encrypted")
            .map_or(context.here, |setting| setting.origin);
        body.set("kms_master_key_id", reference);
    }
    context.resource("aws_sns_topic", id, body);
    code::carrier(context, declaration);

    let arn = attribute(&topic, "arn");
    let mut statements = vec![
        allow("AllowServices", &["sns:Publish"], vec![arn.clone()])
            .with("principals", vec![services(&publishers)])
            .with("condition", vec![own_account(context)]),
    ];
    statements.extend(policy_statements::of(
        context,
        declaration,
        "sns:Publish",
        &arn,
    ));
    if settings.flag_or_default("tls_only") {
        statements.push(tls_only::statement("sns:Publish", vec![arn.clone()]));
    }
    let policy = context.policy(&format!("{id}_topic"), statements);
    context.resource(
        "aws_sns_topic_policy",
        id,
        Object::new().with("arn", arn).with("policy", policy),
    );
}

/// The publishers, and the services that other declarations of the stack publish through: they need the
/// key as well.
fn with_writers(context: &Context<'_>, declaration: &Declaration<'_>, publishers: &Value) -> Value {
    let mut all = publishers.clone();
    if let ValueKind::List(names) = &mut all.kind {
        for service in policy_statements::services(context, declaration) {
            if !names.iter().any(|name| name.as_str() == Some(service)) {
                names.push(service.into());
            }
        }
    }
    all
}

fn services(publishers: &Value) -> Value {
    Object::new()
        .with("type", "Service")
        .with("identifiers", publishers.clone())
        .into()
}

/// Only for resources of this account, so that nobody else's alarm can use the topic.
fn own_account(context: &mut Context<'_>) -> Value {
    let account = context.account_id();
    tls_only::condition("StringEquals", "aws:SourceAccount", vec![account])
}

fn encryption_key(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    publishers: &Value,
) -> Target {
    let id = declaration.id;
    let mut statements = vec![key_policy::account(context)];
    statements.extend(key_policy::services(context, publishers));
    let policy = context.policy(&format!("{id}_key"), statements);
    let key = context.resource(
        "aws_kms_key",
        id,
        Object::new()
            .with(
                "description",
                format!("Encrypts topic {}.", declaration.name()),
            )
            .with("enable_key_rotation", true)
            .with("deletion_window_in_days", 30_u64)
            .with("policy", policy),
    );
    let alias = surrounded("alias/", &context.prefixed(&declaration.kebab_name()), "");
    context.resource(
        "aws_kms_alias",
        id,
        Object::new()
            .with("name", alias)
            .with("target_key_id", attribute(&key, "key_id")),
    );
    key
}
