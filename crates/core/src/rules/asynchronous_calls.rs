//! Who calls which function without waiting for it: buckets, topics and rules.

use super::lookup::is_resource;
use super::notifications::{notifications, through_alias};
use crate::document::Origin;
use crate::graph::{Graph, Resource};

/// An asynchronous call.
pub(super) struct Call<'g> {
    /// The function.
    pub(super) function: Resource<'g>,
    /// The resource that says so.
    pub(super) holder: Resource<'g>,
    /// The service that calls.
    pub(super) service: &'static str,
    /// On whose behalf, for a message.
    pub(super) caller: String,
    /// Where that is said.
    pub(super) origin: Origin,
}

/// The asynchronous calls of the stack.
pub(super) fn calls<'g>(graph: &'g Graph<'_>) -> Vec<Call<'g>> {
    let buckets = notifications(graph).filter_map(|notification| {
        Some(Call {
            function: notification.receiver()?,
            holder: notification.resource,
            service: "s3.amazonaws.com",
            caller: described(notification.bucket(), "a bucket"),
            origin: notification.origin,
        })
    });
    let topics = graph
        .resources("aws_sns_topic_subscription")
        .filter_map(|subscription| {
            Some(Call {
                function: through_alias(subscription.referred("endpoint")?),
                holder: subscription,
                service: "sns.amazonaws.com",
                caller: described(subscription.referred("topic_arn"), "a topic"),
                origin: subscription.origin(),
            })
        });
    let rules = graph
        .resources("aws_cloudwatch_event_target")
        .filter_map(|target| {
            Some(Call {
                function: through_alias(target.referred("arn")?),
                holder: target,
                service: "events.amazonaws.com",
                caller: described(target.referred("rule"), "a rule"),
                origin: target.origin(),
            })
        });
    buckets
        .chain(topics)
        .chain(rules)
        .filter(|call| is_resource(call.function, "aws_lambda_function"))
        .collect()
}

fn described(resource: Option<Resource<'_>>, otherwise: &str) -> String {
    resource.map_or_else(|| otherwise.to_owned(), Resource::describe)
}
