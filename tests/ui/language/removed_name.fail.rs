use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[removed(from = alerts, destroy = false)]
    pub struct OldAlerts;
}

fn main() {}
