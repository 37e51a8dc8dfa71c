use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[parameter(name = "/orders/stripe-api-key", secure, value = var.stripe)]
    pub struct StripeKey;

    #[variable(sensitive, ephemeral)]
    pub struct Stripe;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
