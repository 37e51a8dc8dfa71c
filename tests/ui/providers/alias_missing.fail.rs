use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(aws, region = "us-east-1")]
    pub struct Virginia;
}

fn main() {}
