//! `#[kinesis]`: a stream of records, which several readers can follow at their own pace.

use webhook_infra_core::{Object, ValueKind};

use super::{Construct, Key, Settings, Shape, code, encryption};
use crate::context::{Context, Declaration};

const KEYS: &[Key] = &[
    Key::sets(
        "name",
        "name",
        Shape::Text,
        "The stream's name in AWS. At most 128 letters, digits, hyphens, underscores and dots. Default: the stack's name and the struct's.",
    ),
    Key::sets(
        "shard_count",
        "shards",
        Shape::Number,
        "How many shards, each for 1 MB/s and 1,000 records/s in and 2 MB/s out. It needs `on_demand` or this.",
    ),
    Key::new(
        "on_demand",
        Shape::Switch,
        "AWS fits the capacity to the traffic, and bills by it.",
    ),
    Key::sets(
        "retention_period",
        "retention",
        Shape::Hours,
        "How long a record is kept. 24 h to 365 days (`\"8760h\"`), in whole hours; 24 h when absent.",
    ),
    Key::new(
        "encrypted",
        Shape::Switch,
        "Encryption at rest with KMS. On when absent, with the AWS managed key `alias/aws/kinesis` or that of `key`.",
    ),
    Key::new(
        "key",
        Shape::Raw,
        "The key to encrypt with, in place of the AWS managed one: a struct with `#[kms_key]`, or an ARN.",
    ),
];

pub(super) static KINESIS: Construct = Construct {
    name: "kinesis",
    summary: "A Kinesis data stream, encrypted; the struct may name the type of its records",
    main: "aws_kinesis_stream",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[("stream_name", "name")],
    marker: "Stream",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let mut body = settings.arguments();
    Context::comment(&mut body, &declaration.item.docs);
    body.set_default("name", context.physical_name(&settings, declaration));
    mode(&settings, &mut body);
    encryption::set(context, &settings, declaration, &mut body, "kms_key_id");
    encrypt(&settings, &mut body);
    context.resource("aws_kinesis_stream", declaration.id, body);
    code::carrier(context, declaration);
}

fn mode(settings: &Settings, body: &mut Object) {
    let Some(setting) = settings.find("on_demand") else {
        return;
    };
    let mode = if settings.flag("on_demand") {
        "ON_DEMAND"
    } else {
        "PROVISIONED"
    };
    let details = Object::new().with("stream_mode", mode);
    body.push_block(
        webhook_infra_core::Key::new("stream_mode_details", setting.origin),
        ValueKind::Object(details).at(setting.origin),
    );
}

fn encrypt(settings: &Settings, body: &mut Object) {
    if body.get("encryption_type").is_some() {
        return;
    }
    if settings.flag_or_default("encrypted") {
        body.set("encryption_type", "KMS");
        body.set_default("kms_key_id", "alias/aws/kinesis");
    } else if let Some(setting) = settings.find("encrypted") {
        let none = ValueKind::String("NONE".to_owned()).at(setting.origin);
        body.set("encryption_type", none);
    }
}
