use webhook_infra::prelude::*;

#[stack(name = "orders", backend = "s3")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
