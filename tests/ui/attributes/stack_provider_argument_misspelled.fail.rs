use webhook_infra::prelude::*;

#[stack(name = "orders", allowed_acount_ids = ["123456789012"])]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
