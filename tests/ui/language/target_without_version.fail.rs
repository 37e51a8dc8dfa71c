use webhook_infra::prelude::*;

#[stack(name = "orders", target(terraform = "latest"))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
