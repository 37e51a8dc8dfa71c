use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[kms_key]
    pub struct Data;

    #[sns(key = Dta)]
    pub struct Alerts;
}

fn main() {}
