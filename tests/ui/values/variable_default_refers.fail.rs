use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[variable(default = Stage)]
    pub struct OtherStage;
}

fn main() {}
