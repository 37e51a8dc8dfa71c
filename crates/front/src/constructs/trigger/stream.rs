//! `trigger(Table, …)` and `trigger(Stream, …)`: records in the order of their shard.

use webhook_infra_core::{Key as EntryKey, Object, Target, Value, ValueKind};

use super::super::statement::allow;
use super::queue::decrypt;
use super::{Key, Shape, Trigger, failures, mapping};
use crate::context::{Context, attribute, unknown};

const BATCH_SIZE: Key = Key::sets(
    "batch_size",
    "batch_size",
    Shape::Number,
    "How many records an invocation gets at most. 1 to 10,000, and 6 MB in all; 100 when absent.",
);
const BATCHING_WINDOW: Key = Key::sets(
    "maximum_batching_window_in_seconds",
    "batching_window",
    Shape::Seconds,
    "How long Lambda waits for a batch to fill. 0 s to 300 s.",
);
const STARTING_POSITION: Key = Key::sets(
    "starting_position",
    "starting_position",
    Shape::Text,
    "Where reading starts when the trigger is made: `\"TRIM_HORIZON\"` with the oldest record that is still there, `\"LATEST\"` with the next one, which misses what comes in until the mapping runs. Default: `\"TRIM_HORIZON\"`, which loses nothing.",
);
const BISECT: Key = Key::sets(
    "bisect_batch_on_function_error",
    "bisect",
    Shape::Flag,
    "A batch that fails is halved and tried again, until the bad record is alone.",
);
const RETRIES: Key = Key::sets(
    "maximum_retry_attempts",
    "retries",
    Shape::Number,
    "How often a failed batch is tried again before it goes to `on_failure`. 0 to 10,000. When absent, until the records expire, and the shard waits that long.",
);
const MAX_AGE: Key = Key::sets(
    "maximum_record_age_in_seconds",
    "max_age",
    Shape::Seconds,
    "How old a record may get before it goes to `on_failure`. 60 s to 7 days. When absent, until it expires.",
);
const PARALLELIZATION: Key = Key::sets(
    "parallelization_factor",
    "parallelization",
    Shape::Number,
    "How many batches of a shard are worked on at once. 1 to 10; records of one partition key stay in order. 1 when absent.",
);
const ON_FAILURE: Key = Key::new(
    "on_failure",
    Shape::Raw,
    "A struct with `#[sqs]` or `#[sns]` that is told which records were given up. The records themselves stay in the stream.",
);

pub(super) const TABLE_KEYS: &[Key] = &[
    BATCH_SIZE,
    BATCHING_WINDOW,
    STARTING_POSITION,
    BISECT,
    RETRIES,
    MAX_AGE,
    PARALLELIZATION,
    ON_FAILURE,
    mapping::FILTER,
    mapping::PARTIAL,
];

pub(super) const STREAM_KEYS: &[Key] = &[
    BATCH_SIZE,
    BATCHING_WINDOW,
    STARTING_POSITION,
    BISECT,
    RETRIES,
    MAX_AGE,
    PARALLELIZATION,
    ON_FAILURE,
    mapping::FILTER,
    mapping::PARTIAL,
    Key::new(
        "consumer",
        Shape::Switch,
        "Enhanced fan-out: the function gets 2 MB/s of each shard for itself, for a price, instead of a share in what all readers have together. At most 20 a stream.",
    ),
];

/// `ListStreams` is not here: it lists all streams of the account, and the mapping names its own.
const TABLE_ACTIONS: &[&str] = &[
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
];
const STREAM_ACTIONS: &[&str] = &[
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
];
const CONSUMER_ACTIONS: &[&str] = &["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"];

pub(super) fn lower(
    context: &mut Context<'_>,
    trigger: &Trigger<'_, '_>,
    is_table: bool,
) -> Vec<Value> {
    let settings = trigger.settings;
    let source = &trigger.source;
    let name = source.name();
    let stream = trigger.source_attribute(context, if is_table { "stream_arn" } else { "arn" });
    let actions = if is_table {
        TABLE_ACTIONS
    } else {
        STREAM_ACTIONS
    };
    let mut statements = vec![allow(format!("Read{name}"), actions, vec![stream.clone()]).into()];
    let mut read = stream;
    if settings.flag("consumer") {
        let consumer = consumer(context, trigger);
        read = attribute(&consumer, "arn");
        let sid = format!("Subscribe{name}");
        statements.push(allow(sid, CONSUMER_ACTIONS, vec![read.clone()]).into());
    }
    statements.extend(decrypt(context, trigger));
    let mut body = settings.arguments();
    body.set_default("starting_position", "TRIM_HORIZON");
    if let (Some(setting), Some(expression)) =
        (settings.find("on_failure"), settings.raw("on_failure"))
    {
        // What is named wrongly was reported; for the rules there is a destination.
        let arn = match failures::destination(context, expression) {
            Some(destination) => {
                let others = failures::statements(context, &destination);
                statements.extend(others.into_iter().map(Value::from));
                destination.arn
            }
            None => unknown(),
        };
        let on_failure = Object::new().with("destination_arn", arn);
        let on_failure = ValueKind::Object(on_failure).at(setting.origin);
        let config = Object::new().with("on_failure", vec![on_failure]);
        body.push_block(
            EntryKey::new("destination_config", setting.origin),
            ValueKind::Object(config).at(setting.origin),
        );
    }
    mapping::lower(context, trigger, &read, body);
    statements
}

/// The function's own reader of the stream.
fn consumer(context: &mut Context<'_>, trigger: &Trigger<'_, '_>) -> Target {
    let stream = trigger.source_attribute(context, "arn");
    let name = context.prefixed(&trigger.function.kebab_name());
    context.resource(
        "aws_kinesis_stream_consumer",
        &trigger.id(),
        Object::new().with("name", name).with("stream_arn", stream),
    )
}
