use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(type = object({ rate = number }))]
    pub struct Limits {
        pub rate: u32,
    }
}

fn main() {}
