use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    pub mod limits {
        pub const TIMEOUT: u32 = 10;
        pub const MEMORY: u32 = 256;
    }

    #[lambda(
        arch = "arm64",
        timeout = limits::TIMEOUT,
        memory = limits::MEMORY,
        log_retention = "7"
    )]
    pub struct Archive {
        pub jobs: SendMessage<Job>,
    }

    #[sqs(retention = limits::TIMEOUT, dlq(max_receives = "five"))]
    pub struct Jobs;

    #[output(Archive.arm)]
    pub struct ArchiveArn;
}

fn main() {}
