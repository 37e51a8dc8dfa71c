use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this test is about"
)]
pub mod orders {
    #[lambda(
        arch = "arm64",
        timeout = "10s",
        log_retention = "7d",
        url(auth = "aws_iam")
    )]
    pub struct Read;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
