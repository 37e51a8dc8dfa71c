use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, lifecycle(prevent_destroy, prevent_destroy = false))]
    pub struct Alerts;
}

fn main() {}
