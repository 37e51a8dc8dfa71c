use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, tags(team = "orders", team = "billing"))]
    pub struct Alerts;
}

fn main() {}
