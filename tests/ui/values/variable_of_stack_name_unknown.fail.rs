use webhook_infra::prelude::*;

#[stack(name = "orders-${var.stgae}")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
