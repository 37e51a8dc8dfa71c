use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable]
    pub struct Stage;

    #[variable(default = "orders-${var.stage}")]
    pub struct Prefix;
}

fn main() {}
