use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    #[moved(from = data.aws_sns_topic.alerts)]
    pub struct Alerts;
}

fn main() {}
