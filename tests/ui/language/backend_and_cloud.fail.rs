use webhook_infra::prelude::*;

#[stack(name = "orders", backend(local), cloud(organization = "acme", workspaces(name = "orders")))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
