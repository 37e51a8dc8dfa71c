use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[moved(from = old)]
    pub struct Order {
        pub id: String,
    }
}

fn main() {}
