use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = null, nullable = false)]
    pub struct Stage;
}

fn main() {}
