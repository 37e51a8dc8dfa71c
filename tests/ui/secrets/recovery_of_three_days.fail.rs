use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[secret(recovery = "3d")]
    pub struct StripeKey;
}

fn main() {}
