use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_dlq, reason = "not what this test is about")]
pub mod orders {
    #[sqs(encrypted)]
    pub struct Jobs;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
