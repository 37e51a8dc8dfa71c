use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, arn = "arn:aws:sns:eu-central-1:123456789012:orders-alerts")]
    pub struct Alerts;
}

fn main() {}
