use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    #[lambda(
        arch = "arm64",
        timeout = "10s",
        reserved = 5,
        log_retention = "7d",
        ephemeral_storage(size = 512),
        ephemeral_storage(size = 1024)
    )]
    pub struct Listing;
}

fn main() {}
