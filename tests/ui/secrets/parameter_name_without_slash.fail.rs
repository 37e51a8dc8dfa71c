use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[parameter(name = "orders/limit", value = "10")]
    pub struct Limit;
}

fn main() {}
