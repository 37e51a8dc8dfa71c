use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    use super::*;

    #[kms_key(usage = "sign")]
    pub struct Receipts;

    #[secret(key = Receipts)]
    pub struct Partner;
}

fn main() {}
