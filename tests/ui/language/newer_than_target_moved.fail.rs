use webhook_infra::prelude::*;

#[stack(name = "orders", target(terraform = ">= 1.6"))]
pub mod orders {
    #[sns(encrypted)]
    #[moved(from = aws_sqs_queue.alerts)]
    pub struct Alerts;
}

fn main() {}
