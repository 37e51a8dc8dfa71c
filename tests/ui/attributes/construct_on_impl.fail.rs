use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    pub struct Jobs;

    #[sqs]
    impl Jobs {}
}

fn main() {}
