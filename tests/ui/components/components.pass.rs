use webhook_infra::prelude::*;

/// A queue that somebody hears of when it fails.
#[component(notify, visibility = "5m", retention = "4d")]
pub mod worker_queue {
    /// What is to be done.
    #[sqs(visibility_timeout = param.visibility, retention = param.retention, dlq(max_receives = 5))]
    pub struct Queue(pub Job);

    /// A piece of work.
    pub struct Job {
        pub id: String,
    }

    /// Work that could not be done waits for a redrive.
    #[alarm(Queue.dlq.approximate_number_of_messages_visible >= 1, notify = param.notify)]
    pub struct DeadLetters;

    #[alarm(
        Queue.approximate_age_of_oldest_message >= 600,
        description = "A job of ${param.visibility} visibility waits.",
        notify = param.notify
    )]
    pub struct Age;
}

/// A component of a component, with a name of its own for the queue.
#[component(topic, name)]
pub mod two_queues {
    #[component(worker_queue, notify = param.topic, visibility = "1m")]
    pub struct First;

    #[sqs(name = "second-${param.name}", visibility_timeout = "1m", dlq(max_receives = 5))]
    pub struct Second;
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    /// Orders that were placed.
    #[component(worker_queue, notify = Alerts, visibility = "1m")]
    pub struct Placed;

    #[component(worker_queue, notify = Alerts)]
    #[webhook_infra::allow(sqs_missing_tls_policy, reason = "a test")]
    pub struct Shipped;

    #[component(two_queues, topic = Alerts, name = "both")]
    #[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "a test")]
    pub struct Pair;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 2, log_retention = "7d", trigger(PlacedQueue))]
    #[webhook_infra::allow(lambda_missing_error_alarm, reason = "a test")]
    pub struct Worker {
        pub shipped: SendMessage<ShippedQueue>,
    }

    #[output({ "placed" = PlacedQueue.url, "shipped" = ShippedQueue.dlq.url, "first" = PairFirstQueue.url })]
    pub struct Urls;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let queues = &json["resource"]["aws_sqs_queue"];
    assert_eq!(queues["placed_queue"]["name"], "orders-placed-queue");
    assert_eq!(queues["placed_queue"]["visibility_timeout_seconds"], 60);
    assert_eq!(queues["shipped_queue"]["visibility_timeout_seconds"], 300);
    assert_eq!(queues["pair_first_queue"]["visibility_timeout_seconds"], 60);
    assert_eq!(queues["pair_second"]["name"], "second-both");
    let alarm = &json["resource"]["aws_cloudwatch_metric_alarm"]["placed_age"];
    assert_eq!(alarm["alarm_description"], "A job of 1m visibility waits.");
    let _ = orders::PlacedQueue(orders::PlacedJob { id: String::new() });
    let _ = orders::Placed;
}
