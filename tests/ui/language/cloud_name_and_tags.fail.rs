use webhook_infra::prelude::*;

#[stack(name = "orders", cloud(organization = "acme", workspaces(name = "orders", tags = ["a"])))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
