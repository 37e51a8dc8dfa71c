use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[local]
    pub struct Prefix;
}

fn main() {}
