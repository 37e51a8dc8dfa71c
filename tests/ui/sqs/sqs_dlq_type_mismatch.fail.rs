use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    sqs_missing_redrive_allow,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs(fifo, dlq(to = Failed, max_receives = 5))]
    pub struct Jobs;

    #[sqs(retention = "14d")]
    pub struct Failed;
}

fn main() {}
