use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kinesis(on_demand, encrypted = false)]
    pub struct Clicks;
}

fn main() {}
