use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[local("${local.prefix}-a")]
    pub struct Prefix;
}

fn main() {}
