use webhook_infra::prelude::*;

#[stack(nmae = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
