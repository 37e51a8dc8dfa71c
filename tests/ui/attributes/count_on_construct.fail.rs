use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, count = 2)]
    pub struct Alerts;
}

fn main() {}
