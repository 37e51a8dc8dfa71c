use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sqs]
    pub struct Jobs;
}

fn main() {}
