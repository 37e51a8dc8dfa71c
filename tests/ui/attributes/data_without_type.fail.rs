use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[data]
    pub struct Caller;
}

fn main() {}
