use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, name = "alerts")]
    #[import]
    pub struct Alerts;
}

fn main() {}
