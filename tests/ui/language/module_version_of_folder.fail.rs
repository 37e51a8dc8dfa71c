use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[module(source = "./modules/queue", version = "1.0.0")]
    pub struct Queue;
}

fn main() {}
