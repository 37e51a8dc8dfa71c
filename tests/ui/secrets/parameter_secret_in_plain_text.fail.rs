use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[parameter(name = "/orders/stripe-api-key", value = var.stripe)]
    pub struct StripeKey;

    #[variable(sensitive)]
    pub struct Stripe;
}

fn main() {}
