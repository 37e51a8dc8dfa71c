use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kinesis(on_demand, retention = "12h")]
    pub struct Clicks;
}

fn main() {}
