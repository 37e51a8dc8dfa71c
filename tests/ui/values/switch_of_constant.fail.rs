use webhook_infra::prelude::*;

pub const KEEP: bool = true;

#[stack(name = "orders")]
pub mod orders {
    #[s3(versioned = crate::KEEP, encrypted)]
    pub struct Files;
}

fn main() {}
