use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kms_key(usage = "sign", spec = "RSA_4069")]
    pub struct Data;
}

fn main() {}
