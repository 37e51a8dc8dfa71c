use webhook_infra::prelude::*;

#[stack(name = "orders", target(terraform = ">= 1.8"), required_version = ">= 1.8")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
