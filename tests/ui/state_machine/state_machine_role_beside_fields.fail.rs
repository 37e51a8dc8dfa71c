use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[variable]
    pub struct RoleArn;

    #[state_machine(definition_file = "checkout.asl.json", role_arn = RoleArn, log(retention = "7d"))]
    pub struct Checkout {
        pub alerts: Publish<Alerts>,
    }
}

fn main() {}
