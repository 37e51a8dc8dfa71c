use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    pub const STAGE: &str = "live";

    #[sns(encrypted, name = "${STAGE}-${Stge}")]
    pub struct Alerts;
}

fn main() {}
