use webhook_infra::prelude::*;

#[stack(name = "orders", target(terraform = "~> 1.9"))]
pub mod orders {
    #[sns(name = "alerts", encrypted)]
    #[import(identity(arn = "arn:aws:sns:eu-central-1:123456789012:alerts"))]
    pub struct Alerts;
}

fn main() {}
