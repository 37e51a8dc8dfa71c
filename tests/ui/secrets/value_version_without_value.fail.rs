use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[secret(value_version = 2)]
    pub struct Database;
}

fn main() {}
