use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[output("${aws_sns_topic.alerts.anr}")]
    pub struct AlertsArn;
}

fn main() {}
