//! `trigger(…)` of a function: what starts it.
//!
//! Queues and streams are read by Lambda (an event source mapping, by the function's role); topics and
//! buckets call the function themselves (a permission). One file a kind, each with its table of keys.

mod bucket;
mod filter;
mod mapping;
mod queue;
mod stream;
mod topic;

use webhook_infra_core::{Address, Object, Step, Value, ValueKind};

use super::{Key, Setting, Settings, Shape, Source, failures, lambda_alias};
use crate::context::{Context, Declaration, attribute};
use crate::lower::Named;
use crate::syntax::ExpressionKind;

pub(super) use bucket::{event_keys, notification_body};
pub(super) use topic::wants;

/// The kinds of source, and the keys for each.
pub(super) const SOURCES: &[Source] = &[
    Source {
        construct: "sqs",
        keys: queue::KEYS,
        resource: mapping::TYPE,
    },
    Source {
        construct: "dynamodb",
        keys: stream::TABLE_KEYS,
        resource: mapping::TYPE,
    },
    Source {
        construct: "kinesis",
        keys: stream::STREAM_KEYS,
        resource: mapping::TYPE,
    },
    Source {
        construct: "s3",
        keys: bucket::KEYS,
        resource: "",
    },
    Source {
        construct: "sns",
        keys: topic::KEYS,
        resource: "aws_sns_topic_subscription",
    },
];

/// One trigger of a function.
struct Trigger<'t, 's> {
    function: &'t Declaration<'s>,
    source: Named<'s>,
    /// Which instance of the source, when it has `count` or `for_each`.
    instance: Option<Value>,
    setting: &'t Setting,
    settings: &'t Settings,
}

/// Makes what connects the source with the function, and gives the statements that the role needs for it.
pub(super) fn lower<'s>(
    context: &mut Context<'s>,
    function: &Declaration<'s>,
    setting: &Setting,
    settings: &Settings,
) -> Vec<Value> {
    // What names no source was reported when it was read.
    let Some(source) = settings.positional.first() else {
        return Vec::new();
    };
    if matches!(source.kind, ExpressionKind::Path(_)) {
        // Of another stack's structs only the kind can be asked; it has to be a queue.
        let Some(queue) = context.expect_named(source, &["sqs"], "a trigger") else {
            return Vec::new();
        };
        let trigger = Trigger {
            function,
            source: queue,
            instance: None,
            setting,
            settings,
        };
        return queue::lower(context, &trigger);
    }
    let (base, instance) = match &source.kind {
        ExpressionKind::Index(base, Some(index)) => (base.as_ref(), context.value(index)),
        _ => (source, None),
    };
    let ExpressionKind::Name(name) = &base.kind else {
        return Vec::new();
    };
    let Some(declared) = context.scope.declarations.get(&name.to_string()).copied() else {
        return Vec::new();
    };
    // Each instance may read a queue or hear of a topic; a bucket has one notification for all.
    let is_called = matches!(declared.construct.name, "s3" | "sns");
    let is_one = instance.is_some() && !is_called;
    if !is_one && !failures::is_single(context, &declared, source.span)
        || declared.construct.name == "s3" && !failures::is_single(context, function, source.span)
    {
        return Vec::new();
    }
    let trigger = Trigger {
        function,
        source: Named::Here(declared),
        instance,
        setting,
        settings,
    };
    match declared.construct.name {
        "sqs" => queue::lower(context, &trigger),
        "dynamodb" => stream::lower(context, &trigger, true),
        "kinesis" => stream::lower(context, &trigger, false),
        "s3" => {
            bucket::lower(context, &trigger);
            Vec::new()
        }
        _ => {
            topic::lower(context, &trigger, &declared);
            Vec::new()
        }
    }
}

impl Trigger<'_, '_> {
    /// Terraform's name of what connects the two.
    fn id(&self) -> String {
        format!("{}_{}", self.function.id, self.source.id())
    }

    /// An attribute of the source, or of the instance of it that is meant.
    fn source_attribute(&self, context: &mut Context<'_>, name: &str) -> Value {
        let mut value = attribute(&self.source.target(context), name);
        if let (ValueKind::Reference(reference), Some(key)) = (&mut value.kind, &self.instance) {
            reference.path.insert(0, Step::Index(key.clone()));
        }
        value
    }

    /// What the source calls: the function, or its alias when it has one.
    fn function_arn(&self) -> Value {
        attribute(&lambda_alias::invoked(self.function).target, "arn")
    }
}

/// Lets the source call the function, and gives the permission's address. One permission does for all
/// triggers of a source.
fn permit(context: &mut Context<'_>, trigger: &Trigger<'_, '_>, service: &str) -> Address {
    let id = trigger.id();
    let mut block = webhook_infra_core::Block::resource("aws_lambda_permission", &id);
    let address = block.address();
    if context
        .document
        .blocks
        .iter()
        .any(|block| block.address() == address)
    {
        return address;
    }
    block.origin = trigger.setting.origin;
    let source = trigger.source.target(context);
    block.body = Object::new()
        .with(
            "statement_id",
            format!("AllowInvokeBy{}", trigger.source.name()),
        )
        .with("action", "lambda:InvokeFunction")
        .with(
            "function_name",
            attribute(&trigger.function.target(), "function_name"),
        )
        .with("principal", service)
        .with("source_arn", attribute(&source, "arn"));
    if let Some(alias) = lambda_alias::invoked(trigger.function).alias_name() {
        block.body.set("qualifier", alias);
    }
    // The ARN of a bucket has no account in it.
    if service == "s3.amazonaws.com" {
        let account = context.account_id();
        block.body.set("source_account", account);
    }
    context.push(block);
    address
}
