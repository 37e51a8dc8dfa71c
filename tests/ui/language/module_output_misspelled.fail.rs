use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[module(source = "./vpc")]
    pub struct Vpc {
        pub vpc_id: String,
        pub private_subnets: Vec<String>,
    }

    #[output(Vpc.private_subnet)]
    pub struct Subnets;
}

fn main() {}
