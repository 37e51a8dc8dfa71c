use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[state_machine(
        definition = {
            "StartAt" = "Receive",
            "States" = {
                "Receive" = { "Type" = "Pass", "Next" = "Dome" },
                "Done" = { "Type" = "Succeed" },
            },
        },
        log(retention = "7d")
    )]
    pub struct Checkout;
}

fn main() {}
