use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[sns(encrypted, name = "alerts-${Stage Stage}")]
    pub struct Alerts;
}

fn main() {}
