use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[s3(versioned, encrypted, archive = "30d")]
    pub struct Uploads;
}

fn main() {}
