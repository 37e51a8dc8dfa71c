use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[s3(encrypted)]
    pub struct Uploads;
}

fn main() {}
