use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    #[sns(display_name = "Alerts")]
    pub struct Alerts;
}

fn main() {}
