use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sqs(dlq(max_receives = 5))]
    #[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
    #[moved(from = old_dead, to = Jobs.dlq)]
    pub struct Jobs;
}

fn main() {}
