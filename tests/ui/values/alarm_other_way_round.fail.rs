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

    #[alarm(600 <= Jobs.approximate_age_of_oldest_message, period = "1m", notify = Alerts)]
    pub struct Backlog;
}

fn main() {}
