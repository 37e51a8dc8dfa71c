use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_dlq,
    sqs_missing_backlog_alarm,
    lambda_missing_error_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs(visibility_timeout = "5m")]
    pub struct Jobs;

    #[lambda(
        arch = "arm64",
        timeout = "10s",
        reserved = 50,
        log_retention = "7d",
        trigger(Jobs, max_concurrency = 1)
    )]
    pub struct Worker;
}

fn main() {}
