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
        substitutions = { "region" = "eu-central-1" },
        log(retention = "7d")
    )]
    pub struct Checkout;
}

fn main() {}
