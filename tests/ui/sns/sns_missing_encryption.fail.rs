use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns]
    pub struct Alerts;
}

fn main() {}
