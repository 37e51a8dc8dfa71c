use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[resource(aws_sns_topic_subscripton, topic_arn = Alerts.arn, protocol = "email", endpoint = "oncall@example.com")]
    pub struct OnCall;
}

fn main() {}
