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
    #[sqs(visibility_timeout = "2m", dlq(max_receives = 5))]
    pub struct Jobs;

    #[sqs(visibility_timeout = "2m", dlq(max_receives = 5))]
    pub struct Mails;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d", trigger(Jobs), trigger(Mails))]
    pub struct Archive;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
