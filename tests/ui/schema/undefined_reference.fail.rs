use webhook_infra::prelude::*;

#[stack(name = "orders", region = var.regoin)]
pub mod orders {
    #[variable(default = "eu-central-1")]
    pub struct Region;
}

fn main() {}
