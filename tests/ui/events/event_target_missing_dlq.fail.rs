use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    sqs_missing_backlog_alarm,
    lambda_async_missing_failure_destination, sqs_missing_dlq,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs(retention = "14d")]
    pub struct Failed;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Read;

    #[event_rule(pattern = { "source" = ["shop"] }, target(Read))]
    pub struct Placed;
}

fn main() {}
