use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[module(source = "./vpc", providers = "aws.west")]
    pub struct Vpc;
}

fn main() {}
