use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted display_name = "Orders")]
    pub struct Alerts;
}

fn main() {}
