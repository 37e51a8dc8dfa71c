use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable]
    pub struct Count;
}

fn main() {}
