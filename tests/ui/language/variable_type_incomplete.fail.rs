use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(type = map)]
    pub struct Names;
}

fn main() {}
