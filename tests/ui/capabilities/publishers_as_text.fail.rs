use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, publishers = "events.amazonaws.com")]
    pub struct Alerts;
}

fn main() {}
