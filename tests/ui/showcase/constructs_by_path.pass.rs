#[webhook_infra::stack(name = "orders")]
pub mod orders {
    #[webhook_infra::sns(encrypted)]
    pub struct Alerts;

    #[webhook_infra::output(Alerts.topic_arn)]
    pub struct AlertsArn;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
