use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(type = list(strng))]
    pub struct Names;
}

fn main() {}
