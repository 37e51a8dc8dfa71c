use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[removed(from = aws_sns_topic.alerts[0], destroy = false)]
    pub struct OldAlerts;
}

fn main() {}
