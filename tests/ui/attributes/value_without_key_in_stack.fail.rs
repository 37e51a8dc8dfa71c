use webhook_infra::prelude::*;

#[stack("orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
