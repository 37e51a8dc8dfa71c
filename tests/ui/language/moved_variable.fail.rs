use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "a")]
    #[moved(from = old)]
    pub struct Stage;
}

fn main() {}
