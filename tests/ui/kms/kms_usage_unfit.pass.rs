use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    use super::*;

    #[kms_key(usage = "sign")]
    pub struct Receipts;

    #[kms_key]
    pub struct Data;

    #[secret(key = Data)]
    pub struct Partner;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Work {
        pub sign: Sign<Receipts>,
        pub partner: GetSecretValue<Partner>,
    }
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
