use webhook_infra::prelude::*;

#[stack(name = "orders", target(terraform = ">= 1.11", opentofu = ">= 1.10"))]
pub mod orders {
    #[variable(ephemeral)]
    pub struct Token;
}

fn main() {}
