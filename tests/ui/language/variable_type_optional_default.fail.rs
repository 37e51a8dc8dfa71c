use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(type = object({ size = optional(number, "small") }))]
    pub struct Queue;
}

fn main() {}
