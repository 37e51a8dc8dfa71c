use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kinesis(on_demand)]
    pub struct Clicks;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
