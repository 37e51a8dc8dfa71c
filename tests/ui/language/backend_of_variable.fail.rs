use webhook_infra::prelude::*;

#[stack(name = "orders", backend(s3, bucket = Bucket, key = "orders"))]
pub mod orders {
    #[variable(default = "state")]
    pub struct Bucket;
}

fn main() {}
