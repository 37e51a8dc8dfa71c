use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs(fifo, deduplication = "content", dlq(max_receives = 5))]
    pub struct Jobs;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
