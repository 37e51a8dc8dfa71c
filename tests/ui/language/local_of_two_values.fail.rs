use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[local("a", "b")]
    pub struct Prefix;
}

fn main() {}
