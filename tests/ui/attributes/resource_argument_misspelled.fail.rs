use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[resource(
        aws_sns_topic_subscription,
        topic_arn = Alerts.arn,
        protocol = "email",
        endpoint = "oncall@example.com",
        raw_mesage_delivery
    )]
    pub struct Mail;
}

fn main() {}
