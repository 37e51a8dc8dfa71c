use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[output(sensitive)]
    pub struct QueueUrl;
}

fn main() {}
