//! `#[sqs]`: a queue, its dead-letter queue, and the policies of both.

use webhook_infra_core::value::BinaryOperator;
use webhook_infra_core::{Object, Target, Value, ValueKind};

use super::{
    Construct, Key, PartName, Settings, Shape, code, encryption, policy_statements, subscription,
    tls_only,
};
use crate::context::{Context, Declaration, attribute, suffixed, unknown};

const KEYS: &[Key] = &[
    Key::sets(
        "name",
        "name",
        Shape::Text,
        "The queue's name in AWS. At most 80 letters, digits, hyphens and underscores. Default: the stack's name and the struct's, with `.fifo` for a FIFO queue.",
    ),
    Key::sets(
        "visibility_timeout_seconds",
        "visibility_timeout",
        Shape::Seconds,
        "How long a received message stays hidden. 0 s to 12 h, 30 s when absent. At least six times the timeout of the function that reads the queue.",
    ),
    Key::sets(
        "message_retention_seconds",
        "retention",
        Shape::Seconds,
        "How long a message is kept. 60 s to 14 days, 4 days when absent.",
    ),
    Key::sets(
        "delay_seconds",
        "delay",
        Shape::Seconds,
        "How long a new message stays hidden. 0 s to 15 min.",
    ),
    Key::sets(
        "receive_wait_time_seconds",
        "receive_wait",
        Shape::Seconds,
        "How long a receive waits for messages (long polling). 0 s to 20 s.",
    ),
    Key::sets(
        "fifo_queue",
        "fifo",
        Shape::Switch,
        "First in, first out, within a message group. The dead-letter queue becomes FIFO too.",
    ),
    Key::new(
        "deduplication",
        Shape::OneOf(&[("content", "content"), ("id", "id")]),
        "How a FIFO queue tells that a message was sent twice within 5 minutes: by a hash of its body (`\"content\"`), or by the id that each sender has to give (`\"id\"`, which is AWS's default).",
    ),
    Key::sets(
        "deduplication_scope",
        "deduplication_scope",
        Shape::OneOf(&[("queue", "queue"), ("message_group", "messageGroup")]),
        "Whether a FIFO queue looks for the same message in all of the queue or in its message group only.",
    ),
    Key::sets(
        "fifo_throughput_limit",
        "throughput",
        Shape::OneOf(&[
            ("per_queue", "perQueue"),
            ("per_group", "perMessageGroupId"),
        ]),
        "Whether a FIFO queue's limit of requests is shared or each message group's own, which is much more in all and needs `deduplication_scope = \"message_group\"`.",
    ),
    Key::new(
        "encrypted",
        Shape::Flag,
        "Encryption at rest with keys that SQS manages (SSE-SQS), for the queue and its dead-letter queue. On when absent; use `key` for a key of your own.",
    ),
    Key::new(
        "key",
        Shape::Raw,
        "The `#[kms_key]` struct, or the ARN of a key, to encrypt with; for the dead-letter queue too.",
    ),
    Key::new(
        "tls_only",
        Shape::Switch,
        "Refuses requests that do not come over TLS. On when absent.",
    ),
    Key::new(
        "dlq",
        Shape::Block(DLQ),
        "The dead-letter queue, where messages go that cannot be processed.",
    ),
    Key::new(
        "subscribe",
        Shape::Resource(subscription::KEYS, subscription::TYPE),
        "A topic whose messages the queue gets: `subscribe(Orders, dlq = Failed)`.",
    ),
];

const DLQ: &[Key] = &[
    Key::new(
        "max_receives",
        Shape::Number,
        "How often a message is received before it is set aside. 1 to 1,000; AWS advises 5 or more for a queue that Lambda reads.",
    ),
    Key::new(
        "retention",
        Shape::Seconds,
        "How long a message is kept there, counted from when it was first sent. Default: 14 days, the most that SQS offers.",
    ),
    Key::new(
        "to",
        Shape::Raw,
        "Another `#[sqs]` struct to be the dead-letter queue, in place of one made here.",
    ),
];

/// The most that SQS keeps a message: 14 days.
const DLQ_RETENTION: u64 = 1_209_600;

pub(super) static SQS: Construct = Construct {
    name: "sqs",
    summary: "An SQS queue with its dead-letter queue, encrypted and TLS-only",
    main: "aws_sqs_queue",
    keys: KEYS,
    fields: &[],
    parts: &[PartName {
        name: "dlq",
        resource: "aws_sqs_queue",
        suffix: "_dlq",
    }],
    aliases: &[("queue_url", "url")],
    marker: "Queue",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let id = declaration.id;
    let queue = declaration.target();
    let is_fifo = settings.flag("fifo");
    let ending = if is_fifo { ".fifo" } else { "" };
    let base = context.physical_name(&settings, declaration);
    // A name that the author wrote is left alone, whatever its ending.
    let name = if settings.value("name").is_some() {
        base.clone()
    } else {
        suffixed(&base, ending)
    };

    let mut body = settings.arguments();
    Context::comment(&mut body, &declaration.item.docs);
    body.set_default("name", name);
    deduplicate(&settings, &mut body);
    encryption::set(
        context,
        &settings,
        declaration,
        &mut body,
        "kms_master_key_id",
    );
    encrypt(&settings, &mut body);
    let key = body.get("kms_master_key_id").cloned();
    let redrive = settings
        .block("dlq")
        .map(|dlq| (dlq.clone(), settings.find("dlq").map(|dlq| dlq.origin)));
    if let Some((dlq, origin)) = redrive {
        let target = dead_letter_queue(context, declaration, &settings, &dlq, (&base, ending, key));
        let mut policy = Object::new();
        if let Some(target) = &target {
            policy.set("deadLetterTargetArn", attribute(target, "arn"));
        }
        match dlq.value("max_receives") {
            Some(value) => {
                policy.set("maxReceiveCount", value.clone());
            }
            None if dlq.is_faulty => {}
            None => {
                let span = settings
                    .find("dlq")
                    .map_or_else(|| declaration.span(), |dlq| dlq.span);
                context.errors.add(
                    span,
                    "`dlq(…)` does not say after how many receives a message goes there",
                    "write `dlq(max_receives = 5)`",
                );
            }
        }
        // A queue that is named wrongly was reported; for the rules there is one.
        let mut value: Value = if target.is_some() {
            ValueKind::json(policy).into()
        } else {
            unknown()
        };
        value.origin = origin.unwrap_or(context.here);
        body.set("redrive_policy", value);
    }
    context.resource("aws_sqs_queue", id, body);
    let sources = context
        .scope
        .redrives
        .get(&declaration.name())
        .into_iter()
        .flatten();
    let sources = sources
        .filter_map(|name| {
            Some(attribute(
                &context.scope.declarations.get(name)?.target(),
                "arn",
            ))
        })
        .collect::<Vec<_>>();
    if !sources.is_empty() {
        allow_redrive(context, id, &queue, sources);
    }
    let arn = attribute(&queue, "arn");
    let wanted = policy_statements::of(context, declaration, "sqs:SendMessage", &arn);
    policy(context, &settings, (id, &queue), wanted);
    subscription::lower_queue(context, declaration, &settings);
    code::carrier(context, declaration);
}

/// `deduplication`, which queues and topics have alike.
pub(super) fn deduplicate(settings: &Settings, body: &mut Object) {
    if let Some(setting) = settings.find("deduplication") {
        let value = match settings.value("deduplication") {
            Some(value) => match value.as_str() {
                Some(by) => ValueKind::Bool(by == "content"),
                None => {
                    let by = Box::new(value.clone());
                    ValueKind::Binary(BinaryOperator::Equal, by, Box::new("content".into()))
                }
            },
            None => return,
        };
        let value = value.at(setting.origin);
        let key = webhook_infra_core::Key::new("content_based_deduplication", setting.origin);
        body.set(key, value);
    }
}

/// SSE-SQS, unless a key was given or it was turned off.
fn encrypt(settings: &Settings, body: &mut Object) {
    if body.get("kms_master_key_id").is_none() {
        body.set_default(
            "sqs_managed_sse_enabled",
            settings.value_or("encrypted", true),
        );
    }
}

/// Makes the dead-letter queue, or finds the one that was named.
fn dead_letter_queue(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    dlq: &Settings,
    (base, ending, key): (&Value, &str, Option<Value>),
) -> Option<Target> {
    let own = declaration
        .part("dlq")
        .unwrap_or_else(|| declaration.target());
    if let Some(expression) = dlq.raw("to") {
        if let Some(setting) = dlq.find("retention") {
            context.errors.add(
                setting.span,
                "`retention` in `dlq(…)` is that of a queue made here, but `to` names another",
                "write `retention` on the struct that `to` names",
            );
        }
        if matches!(&expression.kind, crate::syntax::ExpressionKind::Name(name) if *name == declaration.name())
        {
            context.errors.add(
                expression.span,
                format!(
                    "queue `{}` cannot be its own dead-letter queue",
                    declaration.name()
                ),
                "leave `to` out, and a second queue is made",
            );
            return None;
        }
        let queue = context.expect_named(expression, &["sqs"], "a dead-letter queue");
        return queue.map(|queue| queue.target(context));
    }
    let id = format!("{}_dlq", declaration.id);
    let stem = base.as_str().map_or_else(
        || base.clone(),
        |name| name.trim_end_matches(".fifo").into(),
    );
    let mut body = Object::new()
        .with(
            "//",
            format!(
                "Messages of {} that could not be processed.",
                declaration.name()
            ),
        )
        .with("name", suffixed(&stem, &format!("-dlq{ending}")))
        .with(
            "message_retention_seconds",
            dlq.value_or("retention", DLQ_RETENTION),
        );
    if !ending.is_empty() {
        body.set("fifo_queue", true);
    }
    if let Some(key) = key {
        body.set("kms_master_key_id", key);
    }
    encrypt(settings, &mut body);
    context.resource("aws_sqs_queue", &id, body);
    allow_redrive(
        context,
        &id,
        &own,
        vec![attribute(&declaration.target(), "arn")],
    );
    let arn = attribute(&own, "arn");
    let name = format!("{}.dlq", declaration.name());
    let wanted = policy_statements::of_name(context, &name, "sqs:SendMessage", &arn);
    policy(context, settings, (&id, &own), wanted);
    Some(own)
}

/// Only these queues may use the other one as their dead-letter queue.
fn allow_redrive(context: &mut Context<'_>, id: &str, queue: &Target, sources: Vec<Value>) {
    let allow = ValueKind::json(
        Object::new()
            .with("redrivePermission", "byQueue")
            .with("sourceQueueArns", sources),
    );
    // A resource of its own: as an argument of the queue it would close a circle with `redrive_policy`.
    context.resource(
        "aws_sqs_queue_redrive_allow_policy",
        id,
        Object::new()
            .with("queue_url", attribute(queue, "url"))
            .with("redrive_allow_policy", Value::from(allow)),
    );
}

/// The queue's policy: what others want in it, and TLS.
fn policy(
    context: &mut Context<'_>,
    settings: &Settings,
    (id, queue): (&str, &Target),
    mut statements: Vec<Object>,
) {
    if settings.flag_or_default("tls_only") {
        let arn = attribute(queue, "arn");
        statements.push(tls_only::statement("sqs:*", vec![arn]));
    }
    if statements.is_empty() {
        return;
    }
    let policy = context.policy(&format!("{id}_queue"), statements);
    context.resource(
        "aws_sqs_queue_policy",
        id,
        Object::new()
            .with("queue_url", attribute(queue, "url"))
            .with("policy", policy),
    );
}
