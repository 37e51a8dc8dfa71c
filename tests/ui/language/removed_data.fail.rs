use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[removed(from = data.aws_sns_topic.alerts, destroy = false)]
    pub struct OldAlerts;
}

fn main() {}
