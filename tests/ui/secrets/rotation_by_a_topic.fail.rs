use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[secret(rotation(function = Alerts, every = "30d"))]
    pub struct Database;
}

fn main() {}
