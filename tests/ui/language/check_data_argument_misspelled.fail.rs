use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[check(data(aws_lb, nmae = "orders"), assert(condition = Front.internal, error_message = "It is public."))]
    pub struct Front;
}

fn main() {}
