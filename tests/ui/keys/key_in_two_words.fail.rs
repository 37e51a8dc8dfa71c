use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[kms_key]
    pub struct Data;

    #[sns(key = Data, kms_master_key_id = Data.arn)]
    pub struct Alerts;
}

fn main() {}
