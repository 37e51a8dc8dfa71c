use webhook_infra::prelude::*;

#[stack(name = "orders", cloud(organization = "acme"))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
