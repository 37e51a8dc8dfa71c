use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this test is about"
)]
pub mod orders {
    pub mod limits {
        pub const TIMEOUT: u32 = 10;
    }

    #[lambda(arch = "arm64", timeout = limits::TIMEOUTS, log_retention = "7d")]
    pub struct Archive;

    #[sns(encrypted, colour = "red")]
    pub struct Alerts;
}

fn main() {}
