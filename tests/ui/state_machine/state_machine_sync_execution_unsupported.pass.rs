use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[state_machine(type = "EXPRESS", definition_file = "checkout.asl.json", log(retention = "7d"))]
    pub struct Checkout;

    #[lambda(arch = "arm64", memory = 256, timeout = "10s", reserved = 50, log_retention = "7d")]
    pub struct Order {
        pub checkout: StartSyncExecution<Checkout>,
    }

    #[alarm(Order.errors >= 1, notify = Alerts)]
    pub struct OrderErrors;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
