use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[output(Alerts.arn, depends_on = [Alert])]
    pub struct Topic;
}

fn main() {}
