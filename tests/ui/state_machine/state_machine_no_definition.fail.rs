use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[state_machine(log(retention = "7d"))]
    pub struct Checkout;
}

fn main() {}
