use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kms_key(usage = "signing")]
    pub struct Data;
}

fn main() {}
