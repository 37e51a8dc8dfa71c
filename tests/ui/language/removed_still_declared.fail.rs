use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[removed(from = aws_sns_topic.alerts, destroy = false)]
    pub struct OldAlerts;
}

fn main() {}
