use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, display_name = "Orders", display_name = "Alerts")]
    pub struct Alerts;
}

fn main() {}
