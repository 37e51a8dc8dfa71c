use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[s3(versioned, encrypted, acl = "public-read")]
    pub struct Uploads;
}

fn main() {}
