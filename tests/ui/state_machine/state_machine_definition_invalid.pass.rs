use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[state_machine(
        definition = {
            "StartAt" = "Receive",
            "States" = {
                "Receive" = { "Type" = "Pass", "Next" = "Done" },
                "Done" = { "Type" = "Succeed" },
            },
        },
        log(retention = "7d")
    )]
    pub struct Checkout;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
