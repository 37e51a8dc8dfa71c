use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    use super::*;

    #[resource(aws_kms_key, enable_key_rotation)]
    pub struct Vault;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", log_key = Vault)]
    pub struct Work;
}

fn main() {}
