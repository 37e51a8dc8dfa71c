use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    #[sqs(dlq(max_receives = 5))]
    pub struct Jobs;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Import {
        pub jobs: SendMessage<Jobs>,
        pub more_jobs: SendMessage<Jobs>,
    }
}

fn main() {}
