use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(topic_arn = "arn:aws:sns:eu-central-1:123456789012:orders")]
    pub struct Mail;
}

fn main() {}
