use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(random, version = "~> 3.6", schema = "schemas/random.json")]
    pub struct Random;
}

fn main() {}
