use webhook_infra::prelude::*;

#[stack(
    name = "orders",
    backend(s3, bucket = "orders-state", key = "orders.tfstate", region = "eu-central-1")
)]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
