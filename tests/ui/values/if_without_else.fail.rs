use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable]
    pub struct Stage;

    #[sns(encrypted, display_name = if Stage == "live" { "Alerts" })]
    pub struct Alerts;
}

fn main() {}
