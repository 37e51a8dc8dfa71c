use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, reason = "not what this test is about")]
pub mod orders {
    #[webhook_infra::expect(sqs_missing_dlq)]
    #[sqs]
    pub struct Jobs;
}

fn main() {}
