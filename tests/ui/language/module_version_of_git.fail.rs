use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[module(source = "git::https://example.com/queue.git", version = "1.0.0")]
    pub struct Queue;
}

fn main() {}
