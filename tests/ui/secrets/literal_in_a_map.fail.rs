use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[secret(value = { "user" = var.user, "password" = "hunter2" })]
    pub struct Database;

    #[variable]
    pub struct User;
}

fn main() {}
