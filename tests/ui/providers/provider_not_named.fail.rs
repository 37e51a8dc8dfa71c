use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(version = "~> 3.6")]
    pub struct Random;
}

fn main() {}
