use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub fn archive() {}
}

fn main() {}
