use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sns(encrypted)]
    pub struct Messages;
    #[sqs(retention = "14d")]
    pub struct Failed;
    #[sqs(retention = "14d")]
    pub struct Lost;
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", trigger(Messages, dlq = Failed), async_invoke(on_failure = Lost))]
    pub struct Worker;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
