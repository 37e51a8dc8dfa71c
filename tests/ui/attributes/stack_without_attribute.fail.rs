use webhook_infra::prelude::*;

#[stack]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
