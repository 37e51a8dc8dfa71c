use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[module(name = "orders")]
    pub struct Queue;
}

fn main() {}
