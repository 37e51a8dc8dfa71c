use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[check(asert(condition = terraform.workspace != "default", error_message = "a"))]
    pub struct Workspace;
}

fn main() {}
