use webhook_infra::prelude::*;

#[stack(name = "orders", backend(s33, bucket = "state"))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
