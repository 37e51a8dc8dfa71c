use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(type = optional(string))]
    pub struct Name;
}

fn main() {}
