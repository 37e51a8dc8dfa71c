use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[check(data(aws_lb, name = "orders"), assert(condition = Front.intern, error_message = "It is public."))]
    pub struct Front;
}

fn main() {}
