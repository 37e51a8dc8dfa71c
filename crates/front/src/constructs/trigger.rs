//! `trigger(…)` of a function: the queue whose messages it works on.

use webhook_infra_core::{Address, Object, Value, ValueKind};

use super::{Key, Setting, Settings, Shape, grants, lambda_alias};
use crate::context::{Context, Declaration, attribute};

pub(super) const KEYS: &[Key] = &[
    Key::sets(
        "batch_size",
        "batch_size",
        Shape::Number,
        "How many messages an invocation gets at most. 1 to 10,000 (10 for a FIFO queue); above 10 it needs a `batching_window`. 10 when absent.",
    ),
    Key::sets(
        "maximum_batching_window_in_seconds",
        "batching_window",
        Shape::Seconds,
        "How long Lambda waits for a batch to fill. 0 s to 300 s.",
    ),
    Key::new(
        "max_concurrency",
        Shape::Number,
        "How many invocations this queue may have at once. 2 to 1,000, and not more than the function's reserved concurrency: what Lambda cannot run comes back as a failed receive.",
    ),
    Key::new(
        "partial_batch_responses",
        Shape::Flag,
        "The function answers which messages failed, and only those come back (`ReportBatchItemFailures`). On when absent.",
    ),
];

/// Makes the event source mapping, and gives the statements that the role needs for it.
pub(super) fn lower(
    context: &mut Context<'_>,
    function: &Declaration<'_>,
    setting: &Setting,
    settings: &Settings,
) -> Vec<Value> {
    let Some(source) = settings.positional.first() else {
        if settings.is_faulty {
            return Vec::new();
        }
        context.errors.add(
            setting.span,
            "`trigger(…)` does not say of what",
            "write the queue first: `trigger(Events, batch_size = 10)`",
        );
        return Vec::new();
    };
    let Some(queue) = context.expect_named(source, &["sqs"], "a trigger") else {
        return Vec::new();
    };
    let (target, id, name) = (queue.target(context), queue.id(), queue.name());
    let source_origin = context.origin(source.span);
    let mut body = settings.arguments();
    let mut arn = attribute(&target, "arn");
    arn.origin = source_origin;
    body.set("event_source_arn", arn.clone());
    let invoked = lambda_alias::invoked(function).target;
    body.set("function_name", attribute(&invoked, "arn"));
    if let Some(setting) = settings.find("max_concurrency") {
        if let Some(value) = settings.value("max_concurrency") {
            let scaling = Object::new().with("maximum_concurrency", value.clone());
            body.push_block(
                webhook_infra_core::Key::new("scaling_config", setting.origin),
                ValueKind::Object(scaling).at(setting.origin),
            );
        }
    }
    if settings.flag_or_default("partial_batch_responses") {
        body.set(
            "function_response_types",
            vec!["ReportBatchItemFailures".into()],
        );
    } else if let Some(setting) = settings.find("partial_batch_responses") {
        body.set(
            "function_response_types",
            ValueKind::List(Vec::new()).at(setting.origin),
        );
    }
    // Lambda checks the role's permissions when the mapping is made.
    let policy = Address::new(format!("aws_iam_role_policy.{}", function.id));
    body.set_default("depends_on", vec![Value::from(policy)]);
    let mut block = webhook_infra_core::Block::resource(
        "aws_lambda_event_source_mapping",
        &format!("{}_{id}", function.id),
    );
    block.origin = setting.origin;
    block.body = body;
    context.push(block);

    let actions = [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
    ];
    let mut statements = vec![
        Object::new()
            .with("sid", format!("Receive{name}"))
            .with("effect", "Allow")
            .with(
                "actions",
                actions
                    .iter()
                    .map(|action| Value::from(*action))
                    .collect::<Vec<_>>(),
            )
            .with("resources", vec![arn])
            .into(),
    ];
    let sid = format!("Decrypt{name}");
    statements.extend(grants::key_statement(
        context,
        &queue,
        &sid,
        &["kms:Decrypt"],
    ));
    statements
}
