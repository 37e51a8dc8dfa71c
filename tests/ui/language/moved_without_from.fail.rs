use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    #[moved]
    pub struct Alerts;
}

fn main() {}
