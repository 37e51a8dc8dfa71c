use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[output(Alerts.anr)]
    pub struct AlertsArn;
}

fn main() {}
