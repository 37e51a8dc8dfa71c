use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[secret(recovery_window_in_days = 0)]
    pub struct StripeKey;
}

fn main() {}
