use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[lambda(arch = "arm64", timeout = "10s", tracing = Stage == "live", log_retention = "7d")]
    pub struct Worker;
}

fn main() {}
