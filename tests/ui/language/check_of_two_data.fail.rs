use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[check(data(aws_lb, name = "a"), data(aws_lb, name = "b"), assert(condition = Front.internal, error_message = "It is public."))]
    pub struct Front;
}

fn main() {}
