use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "a")]
    pub struct Stage;

    #[variable(default = 1, validation(condition = var.stage != "live", error_message = "Not here."))]
    pub struct Size;
}

fn main() {}
