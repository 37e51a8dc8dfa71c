use webhook_infra::prelude::*;

#[stack(name = "orders", target(terraform = ">= 1.7"))]
pub mod orders {
    #[removed(from = aws_sqs_queue.old, destroy = false)]
    pub struct OldQueue;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
