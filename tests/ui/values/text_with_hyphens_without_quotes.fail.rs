use webhook_infra::prelude::*;

#[stack(name = "orders", region = eu-central-1)]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
