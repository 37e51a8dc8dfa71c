use webhook_infra::prelude::*;

#[stack(name = "orders", tags = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
