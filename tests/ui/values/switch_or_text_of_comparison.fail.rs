use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[s3(versioned, encrypted = Stage == "live")]
    pub struct Files;
}

fn main() {}
