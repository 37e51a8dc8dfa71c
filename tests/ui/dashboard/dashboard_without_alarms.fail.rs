use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[dashboard(alarm(all))]
    pub struct Overview;
}

fn main() {}
