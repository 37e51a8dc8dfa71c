use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kinesis(on_demand, retention = "90m")]
    pub struct Clicks;
}

fn main() {}
