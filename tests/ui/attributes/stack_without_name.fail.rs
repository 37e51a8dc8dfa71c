use webhook_infra::prelude::*;

#[stack(region = "eu-central-1")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
