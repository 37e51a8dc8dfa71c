use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[secret(recovery = "7d")]
    pub struct StripeKey;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
