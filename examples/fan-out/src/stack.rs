//! SNS → SQS × 3 → Lambda × 3: every team gets the events it asked for, in a queue of its own.

use webhook_infra::prelude::*;

/// What happens to orders, told to everybody who has to know.
#[stack(name = "orders", region = "eu-central-1", tags(service = "orders"))]
pub mod fan_out {
    use super::*;

    /// The events that each team wants to hear of. Another line is another queue, worker and alarm.
    #[local({
        "analytics" = ["order_placed", "order_cancelled", "order_shipped"],
        "billing" = ["order_placed", "order_cancelled"],
        "shipping" = ["order_placed"],
    })]
    pub struct Teams;

    /// Where alarms go.
    #[sns(encrypted)]
    pub struct Alerts;

    /// Everything that happens to an order.
    #[sns(encrypted)]
    pub struct Orders;

    /// What a team has still to work on.
    #[sqs(
        for_each = Teams,
        visibility_timeout = "3m",
        dlq(max_receives = 5),
        subscribe(Orders, filter = { "event" = each.value }, raw, dlq = Undelivered)
    )]
    pub struct Inboxes;

    /// Events that SNS could not deliver to a queue.
    #[sqs(retention = "14d")]
    pub struct Undelivered;

    /// One worker a team, from `target/lambda/workers`.
    #[lambda(
        for_each = Teams,
        arch = "arm64",
        timeout = "30s",
        reserved = 10,
        log_retention = "14d",
        environment = { "TEAM" = each.key },
        trigger(Inboxes[each.key], batch_size = 10, max_concurrency = 10)
    )]
    pub struct Workers;

    /// A team's worker fails.
    #[alarm(Workers[each.key].errors >= 1, for_each = Teams, notify = Alerts)]
    pub struct WorkerErrors;

    /// A team does not keep up.
    #[alarm(Inboxes[each.key].approximate_age_of_oldest_message >= 900, for_each = Teams, notify = Alerts)]
    pub struct Backlogs;

    /// An event could not be worked on.
    #[alarm(Inboxes[each.key].dlq.approximate_number_of_messages_visible >= 1, for_each = Teams, notify = Alerts)]
    pub struct DeadLetters;

    /// An event did not even reach a queue.
    #[alarm(Undelivered.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct UndeliveredEvents;

    /// Where to publish.
    #[output(Orders.arn)]
    pub struct TopicArn;

    /// The queue of each team.
    #[output({ for team, queue in Inboxes : team => queue.url })]
    pub struct QueueUrls;
}
