use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[module(source = "./vpc")]
    pub struct Vpc;

    #[output(Vpc)]
    pub struct Network;
}

fn main() {}
