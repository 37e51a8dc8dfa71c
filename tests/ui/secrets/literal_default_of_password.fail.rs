use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[variable(sensitive, default = "hunter2")]
    pub struct Password;

    #[secret(value = Password)]
    pub struct Database;
}

fn main() {}
