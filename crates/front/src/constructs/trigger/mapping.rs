//! The event source mapping, by which Lambda reads a queue or a stream for a function.

use webhook_infra_core::{Address, Block, Key as EntryKey, Object, Value, ValueKind};

use super::{Key, Shape, Trigger, filter};
use crate::context::Context;

pub(super) const TYPE: &str = "aws_lambda_event_source_mapping";

/// Whether the function answers which records of a batch failed.
pub(super) const PARTIAL: Key = Key::new(
    "partial_batch_responses",
    Shape::Switch,
    "The function answers which messages failed, and only those come back (`ReportBatchItemFailures`). On when absent.",
);

pub(super) const FILTER: Key = Key::new(
    "filter",
    Shape::Value,
    "Which events the function gets, as a pattern or a list of up to 5 patterns of which one has to match: `filter = { \"body\" = { \"status\" = [\"paid\"] } }`. What matches none is gone without an invocation.",
);

/// Makes the mapping, with what the source's kind says in `body` already.
pub(super) fn lower(
    context: &mut Context<'_>,
    trigger: &Trigger<'_, '_>,
    source: &Value,
    mut body: Object,
) {
    let settings = trigger.settings;
    let mut arn = source.clone();
    if let Some(named) = settings.positional.first() {
        arn.origin = context.origin(named.span);
    }
    body.set("event_source_arn", arn);
    body.set("function_name", trigger.function_arn());
    if let (Some(setting), Some(patterns)) = (settings.find("filter"), settings.value("filter")) {
        body.push_block(
            EntryKey::new("filter_criteria", setting.origin),
            filter::criteria(patterns),
        );
    }
    if settings.flag_or_default(PARTIAL.name) {
        body.set(
            "function_response_types",
            vec!["ReportBatchItemFailures".into()],
        );
    } else if let Some(setting) = settings.find(PARTIAL.name) {
        body.set(
            "function_response_types",
            ValueKind::List(Vec::new()).at(setting.origin),
        );
    }
    // Lambda checks the role's permissions when the mapping is made.
    let policy = Address::new(format!("aws_iam_role_policy.{}", trigger.function.id));
    body.set_default("depends_on", vec![Value::from(policy)]);
    let mut block = Block::resource(TYPE, &trigger.id());
    block.origin = trigger.setting.origin;
    block.body = body;
    context.push(block);
}
