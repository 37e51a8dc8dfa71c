use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(defualt = "test")]
    pub struct Stage;
}

fn main() {}
