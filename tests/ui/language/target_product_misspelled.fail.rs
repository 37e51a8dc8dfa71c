use webhook_infra::prelude::*;

#[stack(name = "orders", target(opentf = ">= 1.8"))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
