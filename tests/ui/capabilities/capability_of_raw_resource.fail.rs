use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    sqs_missing_dlq,
    sqs_missing_tls_policy,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    #[resource(aws_sqs_queue, name = "orders-jobs", sqs_managed_sse_enabled)]
    pub struct Jobs;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Import {
        pub jobs: SendMessage<Jobs>,
    }
}

fn main() {}
