use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(aws, alias = "virginia", regoin = "us-east-1")]
    pub struct Virginia;
}

fn main() {}
