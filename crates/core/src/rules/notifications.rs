//! What buckets tell of their objects: the entries of `aws_s3_bucket_notification`.

use super::lookup::{entry, is_resource};
use crate::document::Origin;
use crate::graph::{Graph, Resource};
use crate::value::{Object, Value};

/// The nested blocks, and the argument of each that names the receiver.
const BLOCKS: [(&str, &str); 3] = [
    ("lambda_function", "lambda_function_arn"),
    ("queue", "queue_arn"),
    ("topic", "topic_arn"),
];

/// One entry of a bucket's notification.
#[derive(Clone, Copy)]
pub(super) struct Notification<'g> {
    /// The resource it is in.
    pub(super) resource: Resource<'g>,
    /// The entry's arguments.
    pub(super) body: &'g Object,
    /// Where it was written.
    pub(super) origin: Origin,
    argument: &'static str,
}

/// All entries that are known.
pub(super) fn notifications<'g>(graph: &'g Graph<'_>) -> impl Iterator<Item = Notification<'g>> {
    graph
        .resources("aws_s3_bucket_notification")
        .flat_map(entries)
}

/// The entries of one notification resource.
pub(super) fn entries(resource: Resource<'_>) -> Vec<Notification<'_>> {
    let mut found = Vec::new();
    for (block, argument) in BLOCKS {
        let Some((key, value)) = resource.block.body.entry(block) else {
            continue;
        };
        let around = value.origin.or(key.origin).or(resource.origin());
        let items = value.as_list().unwrap_or(std::slice::from_ref(value));
        for item in items {
            if let Some(body) = item.as_object() {
                found.push(Notification {
                    resource,
                    body,
                    origin: item.origin.or(around),
                    argument,
                });
            }
        }
    }
    found
}

impl<'g> Notification<'g> {
    /// The bucket, when it is in the stack.
    pub(super) fn bucket(self) -> Option<Resource<'g>> {
        self.resource
            .referred("bucket")
            .filter(|bucket| is_resource(*bucket, "aws_s3_bucket"))
    }

    /// Who is told, when that is in the stack: a function is found through its alias.
    pub(super) fn receiver(self) -> Option<Resource<'g>> {
        let named = self.resource.graph.resolve(self.body.get(self.argument)?)?;
        Some(through_alias(named))
    }

    /// The events that are literal.
    pub(super) fn events(self) -> Vec<&'g str> {
        let events = entry(self.body, "events");
        let items = events.and_then(Value::as_list).unwrap_or_default();
        items.iter().filter_map(Value::as_str).collect()
    }

    /// The prefix or suffix that it is limited to: empty when there is none, `None` when it is not known
    /// yet.
    pub(super) fn filter(self, name: &str) -> Option<&'g str> {
        match entry(self.body, name) {
            None => Some(""),
            Some(value) => value.as_str(),
        }
    }
}

/// The function that an alias stands for, or the resource itself.
pub(super) fn through_alias(named: Resource<'_>) -> Resource<'_> {
    if is_resource(named, "aws_lambda_alias") {
        return named.referred("function_name").unwrap_or(named);
    }
    named
}
