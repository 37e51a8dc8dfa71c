use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[state_machine(
        definition = {
            "States" = {
                "Receive" = { "Type" = "Pass", "Next" = "Done" },
                "Done" = { "Type" = "Succeed" },
            },
        },
        log(retention = "7d")
    )]
    pub struct Checkout;
}

fn main() {}
