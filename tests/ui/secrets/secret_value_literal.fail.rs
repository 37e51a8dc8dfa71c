use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[secret(value = "whsec_0123456789abcdef")]
    pub struct StripeKey;
}

fn main() {}
