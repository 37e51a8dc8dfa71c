use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[kms_key(policy = var.policy, services = ["backup.amazonaws.com"])]
    pub struct Data;

    #[variable]
    pub struct Policy;
}

fn main() {}
