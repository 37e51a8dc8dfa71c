use webhook_infra::prelude::*;

#[stack(name = "orders", backend(s3, bucket = var.state_bucket, key = "orders.tfstate"))]
pub mod orders {
    #[variable(default = "orders-state")]
    pub struct StateBucket;
}

fn main() {}
