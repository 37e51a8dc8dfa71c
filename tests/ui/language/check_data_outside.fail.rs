use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[check(data(aws_lb, name = "orders"), assert(condition = Front.internal, error_message = "It is public."))]
    pub struct Front;

    #[output(Front.dns_name)]
    pub struct Name;
}

fn main() {}
