use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(aws, alias = "west", region = "us-west-1")]
    pub struct California;

    #[provider(aws, alias = "west", region = "us-west-2")]
    pub struct Oregon;
}

fn main() {}
