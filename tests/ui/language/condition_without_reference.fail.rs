use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[check(assert(condition = 1 < 2, error_message = "Numbers are broken."))]
    pub struct Numbers;
}

fn main() {}
