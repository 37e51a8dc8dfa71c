use webhook_infra::prelude::*;

#[stack(name = "orders", target())]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
