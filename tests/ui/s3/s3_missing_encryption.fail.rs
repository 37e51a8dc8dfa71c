use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[s3(versioned)]
    pub struct Uploads;
}

fn main() {}
