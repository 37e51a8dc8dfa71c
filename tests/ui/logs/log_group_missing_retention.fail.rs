use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    #[lambda(arch = "arm64", memory = 256, timeout = "10s", reserved = 50)]
    pub struct Ingestion;
}

fn main() {}
