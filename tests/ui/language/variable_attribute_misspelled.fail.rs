use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = { "rate" = 1 })]
    pub struct Limits {
        pub rate: u32,
    }

    #[output(Limits.rat)]
    pub struct Rate;
}

fn main() {}
