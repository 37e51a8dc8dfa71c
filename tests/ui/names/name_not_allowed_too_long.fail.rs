use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_dlq, reason = "not what this test is about")]
pub mod orders {
    #[sqs(name = "orders-of-every-shop-that-are-to-be-confirmed-packed-sent-and-paid-before-the-weekend")]
    pub struct Jobs;
}

fn main() {}
