use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable("test")]
    pub struct Stage;
}

fn main() {}
