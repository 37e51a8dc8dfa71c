use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kms_key(rotation = "100h")]
    pub struct Data;
}

fn main() {}
