use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_missing_dlq,
    reason = "not what this test is about"
)]
pub mod orders {
    #[webhook_infra::allow(sqs_missing_dlq, reason = 7)]
    #[sqs]
    pub struct Jobs;
}

fn main() {}
