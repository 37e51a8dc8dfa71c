use webhook_infra::prelude::*;

#[stack(name = "orders", backend(s3, bucket = "state", key = "orders"), backend(local))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
