//! `async_invoke(…)` of a function: how often an asynchronous call is tried again, and where what fails
//! goes.

use webhook_infra_core::{Address, Block, Key as EntryKey, Object, Value, ValueKind};

use super::{Key, Settings, Shape, failures, lambda_alias};
use crate::context::{Context, Declaration, attribute, unknown};

pub(super) const TYPE: &str = "aws_lambda_function_event_invoke_config";

pub(super) const KEYS: &[Key] = &[
    Key::sets(
        "maximum_retry_attempts",
        "retries",
        Shape::Number,
        "How often a call that fails is tried again. 0 to 2; 2 when absent.",
    ),
    Key::sets(
        "maximum_event_age_in_seconds",
        "max_age",
        Shape::Seconds,
        "How long an event may wait for the function, retries included. 60 s to 6 h; 6 h when absent.",
    ),
    Key::new(
        "on_failure",
        Shape::Raw,
        "A struct with `#[sqs]` or `#[sns]` that gets the events which were given up, with the reason.",
    ),
    Key::new(
        "on_success",
        Shape::Raw,
        "A struct with `#[sqs]` or `#[sns]` that gets what the function returned, with the event.",
    ),
];

/// Makes the configuration, and gives the statements that the role needs for it.
pub(super) fn lower(
    context: &mut Context<'_>,
    function: &Declaration<'_>,
    settings: &Settings,
) -> Vec<Object> {
    let Some((setting, block)) = settings.blocks("async_invoke").next() else {
        return Vec::new();
    };
    let mut statements = Vec::new();
    let mut body = block.arguments();
    body.set(
        "function_name",
        attribute(&function.target(), "function_name"),
    );
    // Callers use the alias, when there is one.
    if let Some(alias) = lambda_alias::invoked(function).alias_name() {
        body.set("qualifier", alias);
    }
    let mut destinations = Object::new();
    for key in ["on_failure", "on_success"] {
        let (Some(entry), Some(expression)) = (block.find(key), block.raw(key)) else {
            continue;
        };
        // What is named wrongly was reported; for the rules there is a destination.
        let arn = match failures::destination(context, expression) {
            Some(destination) => {
                statements.extend(failures::statements(context, &destination));
                destination.arn
            }
            None => unknown(),
        };
        let destination = Object::new().with("destination", arn);
        destinations.push_block(
            EntryKey::new(key, entry.origin),
            ValueKind::Object(destination).at(entry.origin),
        );
    }
    if !destinations.is_empty() {
        body.push_block("destination_config", destinations.into());
    }
    // Lambda checks the role's permissions for the destinations.
    let policy = Address::new(format!("aws_iam_role_policy.{}", function.id));
    body.set_default("depends_on", vec![Value::from(policy)]);
    let mut made = Block::resource(TYPE, function.id);
    made.origin = setting.origin;
    made.body = body;
    context.push(made);
    statements
}
