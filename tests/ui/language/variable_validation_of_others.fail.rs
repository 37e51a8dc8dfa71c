use webhook_infra::prelude::*;

#[stack(name = "orders", target(terraform = ">= 1.8"))]
pub mod orders {
    #[variable(default = "a")]
    pub struct Stage;

    #[variable(default = 1, validation(condition = Size > 0 || Stage == "a", error_message = "Too small."))]
    pub struct Size;
}

fn main() {}
