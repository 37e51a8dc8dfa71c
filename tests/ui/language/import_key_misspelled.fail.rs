use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, name = "alerts")]
    #[import(id = "arn:aws:sns:eu-central-1:123456789012:alerts", provder = aws.west)]
    pub struct Alerts;
}

fn main() {}
