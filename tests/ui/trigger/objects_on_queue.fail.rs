use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    #[sqs(dlq(max_receives = 5))]
    pub struct Jobs;
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Worker {
        #[objects(prefix = "in/")]
        pub jobs: SendMessage<Jobs>,
    }
}

fn main() {}
