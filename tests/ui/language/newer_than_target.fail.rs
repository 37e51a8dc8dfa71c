use webhook_infra::prelude::*;

#[stack(name = "orders", target(terraform = ">= 1.5"))]
pub mod orders {
    #[removed(from = aws_sqs_queue.old, destroy = false)]
    pub struct OldQueue;
}

fn main() {}
