use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    pub struct Stack {
        pub height: u32,
    }
}

fn main() {}
