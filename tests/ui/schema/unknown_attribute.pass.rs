use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[output("${aws_sns_topic.alerts.arn}")]
    pub struct AlertsArn;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
