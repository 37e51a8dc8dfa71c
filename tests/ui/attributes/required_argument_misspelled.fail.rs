use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[resource(
        aws_sns_topic_subscription,
        topic_arn = Alerts.arn,
        protocol = "email",
        endpiont = "oncall@example.com"
    )]
    pub struct Mail;
}

fn main() {}
