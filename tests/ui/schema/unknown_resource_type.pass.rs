use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[resource(aws_sns_topic_subscription, topic_arn = Alerts.arn, protocol = "email", endpoint = "oncall@example.com")]
    pub struct OnCall;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
