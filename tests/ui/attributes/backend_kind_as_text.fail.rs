use webhook_infra::prelude::*;

#[stack(name = "orders", backend("s3", bucket = "orders-state", key = "orders.tfstate"))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
