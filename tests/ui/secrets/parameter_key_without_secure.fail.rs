use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[kms_key]
    pub struct Data;

    #[parameter(value = "10", key = Data)]
    pub struct Limit;
}

fn main() {}
