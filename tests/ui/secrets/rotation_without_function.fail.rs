use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[secret(rotation(every = "30d"))]
    pub struct Database;
}

fn main() {}
