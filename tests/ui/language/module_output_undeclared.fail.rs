use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[module(source = "./vpc")]
    pub struct Vpc {
        pub vpc_id: String,
    }

    #[output(module.vpc.cidr)]
    pub struct Cidr;
}

fn main() {}
