use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, reason = "not what this test is about")]
pub mod orders {
    #[sqs(dlq(max_receives = 5))]
    pub struct Jobs;

    #[sns(encrypted)]
    pub struct Alerts;

    #[alarm(Jobs.dlq.approximate_number_of_messages_visible >= 1, period = "1m", notify = Alerts)]
    pub struct FailedJobs;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
