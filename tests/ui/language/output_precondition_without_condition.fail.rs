use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[output(Alerts.arn, precondition(error_message = "No topic."))]
    pub struct Topic;
}

fn main() {}
