use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[webhook_infra::allow(number_out_of_range, reason = "we want it so")]
    #[sqs(delay = "10m", dlq(max_receives = 5))]
    #[webhook_infra::allow(
        sqs_missing_backlog_alarm,
        sqs_dlq_missing_alarm,
        reason = "another test's matter"
    )]
    pub struct Jobs;
}

fn main() {}
