use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = { "rate" = 1, "brst" = 3 })]
    pub struct Limits {
        pub rate: u32,
        pub burst: Option<u32>,
    }
}

fn main() {}
