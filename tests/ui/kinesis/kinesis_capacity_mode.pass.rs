use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kinesis(shards = 2)]
    pub struct Clicks;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
