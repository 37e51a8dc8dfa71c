use webhook_infra::prelude::*;

#[stack(name = "orders", target(terraform = ">= 1.9"), backend(s3, bucket = "state", key = "orders", use_lockfile = true))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
