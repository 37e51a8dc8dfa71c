use webhook_infra::prelude::*;

#[stack(name = "orders", backend(s3, bucket = "state", key = "orders", assume_role = { "arn" = "a" }))]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
