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

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[component(worker_queue, notify = Alerts)]
    pub struct Placed;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
