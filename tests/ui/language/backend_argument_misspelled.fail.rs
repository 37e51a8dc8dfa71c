use webhook_infra::prelude::*;

#[stack(name = "orders", backend(s3, bucket = "state", ky = "orders"))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
