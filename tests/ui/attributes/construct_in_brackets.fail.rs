use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sns_missing_encryption, reason = "not what this test is about")]
pub mod orders {
    #[sns[encrypted]]
    pub struct Alerts;
}

fn main() {}
