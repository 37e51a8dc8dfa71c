use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    #[lambda(
        arch = "arm64",
        timeout = "10s",
        log_retention = "7d",
        reserved = 5,
        alias(live, provisioned = 5)
    )]
    pub struct Read;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
