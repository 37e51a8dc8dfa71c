use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kinesis(on_demand, shards = 2)]
    pub struct Clicks;
}

fn main() {}
