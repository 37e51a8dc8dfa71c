use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(type = [string])]
    pub struct Names;
}

fn main() {}
