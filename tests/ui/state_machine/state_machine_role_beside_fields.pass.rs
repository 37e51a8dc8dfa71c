use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[state_machine(definition_file = "checkout.asl.json", log(retention = "7d"))]
    pub struct Checkout {
        pub alerts: Publish<Alerts>,
    }
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
