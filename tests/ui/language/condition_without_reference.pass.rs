use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[check(assert(condition = terraform.workspace != "default", error_message = "Choose a workspace."))]
    pub struct Workspace;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
