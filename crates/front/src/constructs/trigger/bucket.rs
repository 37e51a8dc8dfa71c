//! `trigger(Bucket, …)`: the bucket's notification calls the function.

use webhook_infra_core::{Object, Value};

use super::super::notification::Notification;
use super::{Key, Settings, Shape, Trigger, permit};
use crate::context::Context;

const EVENTS: Key = Key::new(
    "events",
    Shape::Value,
    "Which events, by S3's names: `events = [\"s3:ObjectCreated:*\"]`, which is the default.",
);
const PREFIX: Key = Key::new(
    "prefix",
    Shape::Text,
    "Only objects whose keys start with this. `*` stands for itself.",
);
const SUFFIX: Key = Key::new(
    "suffix",
    Shape::Text,
    "Only objects whose keys end in this. `*` stands for itself.",
);

pub(super) const KEYS: &[Key] = event_keys();

/// The keys of everything that a bucket tells of its objects.
pub(in super::super) const fn event_keys() -> &'static [Key] {
    &[EVENTS, PREFIX, SUFFIX]
}

pub(super) fn lower(context: &mut Context<'_>, trigger: &Trigger<'_, '_>) {
    let permission = permit(context, trigger, "s3.amazonaws.com");
    let mut body = Object::new().with("lambda_function_arn", trigger.function_arn());
    notification_body(trigger.settings, &mut body);
    let notification = Notification {
        block: "lambda_function",
        body,
        origin: trigger.setting.origin,
        after: Some(permission),
    };
    let bucket = trigger.source.name();
    context
        .notifications
        .entry(bucket)
        .or_default()
        .push(notification);
}

/// The events and filters of a notification.
pub(in super::super) fn notification_body(settings: &Settings, body: &mut Object) {
    let all_created = vec![Value::from("s3:ObjectCreated:*")];
    let mut set = |key: &str, argument: &str, value: Value| {
        let origin = settings
            .find(key)
            .map_or(webhook_infra_core::Origin::UNKNOWN, |setting| {
                setting.origin
            });
        body.set(webhook_infra_core::Key::new(argument, origin), value);
    };
    set("events", "events", settings.value_or("events", all_created));
    for (key, argument) in [("prefix", "filter_prefix"), ("suffix", "filter_suffix")] {
        if let Some(value) = settings.value(key) {
            set(key, argument, value.clone());
        }
    }
}
