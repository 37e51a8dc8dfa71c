use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    #[moved(from = 3)]
    pub struct Alerts;
}

fn main() {}
