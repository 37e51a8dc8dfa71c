use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Notices;

    #[sns(encrypted)]
    #[moved(from = Notices)]
    pub struct Alerts;
}

fn main() {}
