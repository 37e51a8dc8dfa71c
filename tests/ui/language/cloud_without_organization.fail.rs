use webhook_infra::prelude::*;

#[stack(name = "orders", cloud(workspaces(name = "orders")))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
