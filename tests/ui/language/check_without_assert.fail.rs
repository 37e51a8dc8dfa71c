use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[check(data(aws_lb, name = "orders"))]
    pub struct Front;
}

fn main() {}
