use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, lambda_missing_error_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs(visibility_timeout = "1m", dlq(max_receives = 5))]
    pub struct Jobs;

    #[lambda(count = 2, arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", trigger(Jobs))]
    pub struct Worker;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
