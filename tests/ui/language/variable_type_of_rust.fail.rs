use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(type = "map(String)")]
    pub struct Names;
}

fn main() {}
