use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[sqs(dlq(max_receives = 5))]
    pub struct Jobs;

    #[alarm(
        Jobs.approximate_age_of_oldest_message >= 600,
        Jobs.number_of_messages_sent < 1,
        notify = Alerts
    )]
    pub struct Backlog;
}

fn main() {}
