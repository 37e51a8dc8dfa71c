use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, colour = "red")]
    pub struct Alerts;
}

fn main() {}
