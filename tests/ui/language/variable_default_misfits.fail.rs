use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(type = list(number), default = [1, "two"])]
    pub struct Sizes;
}

fn main() {}
