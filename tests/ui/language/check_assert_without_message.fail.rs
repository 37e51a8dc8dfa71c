use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[check(assert(condition = terraform.workspace != "default"))]
    pub struct Workspace;
}

fn main() {}
