//! What event source mappings connect: the source, and the function that is given its events.

use super::lookup::{is_resource, number_or, referred};
use crate::document::BlockKind;
use crate::graph::{Graph, Resource};

/// SQS and Lambda use these when the argument is absent.
const DEFAULT_VISIBILITY: f64 = 30.0;
const DEFAULT_TIMEOUT: f64 = 3.0;

/// A queue whose messages a function works on, with the two times that have to fit together.
pub(super) struct Delivery<'g> {
    /// The event source mapping.
    pub(super) mapping: Resource<'g>,
    /// The queue.
    pub(super) queue: Resource<'g>,
    /// The function.
    pub(super) function: Resource<'g>,
    /// After how many seconds the queue shows a message again.
    pub(super) visibility: f64,
    /// For how many seconds the function may work on it.
    pub(super) timeout: f64,
}

/// The deliveries from queues to functions whose times are known.
pub(super) fn deliveries<'g>(graph: &'g Graph<'_>) -> impl Iterator<Item = Delivery<'g>> {
    mappings(graph).filter_map(|mapping| {
        let (queue, function) = (queue(mapping)?, function(mapping)?);
        Some(Delivery {
            mapping,
            queue,
            function,
            visibility: number_or(queue, "visibility_timeout_seconds", DEFAULT_VISIBILITY)?,
            timeout: number_or(function, "timeout", DEFAULT_TIMEOUT)?,
        })
    })
}

/// All event source mappings.
pub(super) fn mappings<'g>(graph: &'g Graph<'_>) -> impl Iterator<Item = Resource<'g>> {
    graph.resources("aws_lambda_event_source_mapping")
}

/// The queue that a mapping reads, when it is in the stack.
pub(super) fn queue(mapping: Resource<'_>) -> Option<Resource<'_>> {
    referred(
        mapping.graph,
        mapping.get("event_source_arn")?,
        "aws_sqs_queue",
    )
}

/// The function that a mapping calls, by itself or through an alias, when it is in the stack.
pub(super) fn function(mapping: Resource<'_>) -> Option<Resource<'_>> {
    let named = mapping.referred("function_name")?;
    let function = if is_resource(named, "aws_lambda_alias") {
        named.referred("function_name")?
    } else {
        named
    };
    is_resource(function, "aws_lambda_function").then_some(function)
}

/// The service that a mapping reads from, as ARNs call it.
pub(super) fn service(mapping: Resource<'_>) -> Option<&str> {
    let source = mapping.get("event_source_arn")?;
    if let Some(arn) = source.as_str() {
        return arn.split(':').nth(2);
    }
    let block = mapping.graph.resolve(source)?;
    if !matches!(block.block.kind, BlockKind::Resource | BlockKind::Data) {
        return None;
    }
    match block.type_name() {
        "aws_sqs_queue" => Some("sqs"),
        "aws_kinesis_stream" | "aws_kinesis_stream_consumer" => Some("kinesis"),
        "aws_dynamodb_table" => Some("dynamodb"),
        _ => None,
    }
}

/// Whether a mapping reads a stream: Kinesis, or the changes of a table.
pub(super) fn reads_stream(mapping: Resource<'_>) -> bool {
    matches!(service(mapping), Some("kinesis" | "dynamodb"))
}
