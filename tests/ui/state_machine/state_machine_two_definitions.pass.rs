use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[state_machine(definition_file = "checkout.asl.json", log(retention = "7d"))]
    pub struct Checkout;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
