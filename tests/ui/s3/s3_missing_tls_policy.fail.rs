use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[s3(versioned, encrypted, tls_only = false)]
    pub struct Uploads;
}

fn main() {}
