use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod orders {
    #[sqs(dlq(max_receives = 5))]
    pub struct Jobs;

    #[sns(encrypted)]
    pub struct Alerts;

    #[alarm(Jobs.approximate_age_of_oldest_message > 300, period = "1m", evaluation_periods = 5, notify = Alerts)]
    pub struct OldJobs;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
