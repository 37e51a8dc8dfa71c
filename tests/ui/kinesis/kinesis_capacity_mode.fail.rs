use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kinesis]
    pub struct Clicks;
}

fn main() {}
