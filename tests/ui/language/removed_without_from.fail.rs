use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[removed(destroy = false)]
    pub struct OldAlerts;
}

fn main() {}
