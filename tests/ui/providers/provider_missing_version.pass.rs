use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(random, version = "~> 3.6")]
    pub struct Random;

    #[resource(random_id, byte_length = 4)]
    pub struct Suffix;
}

fn main() {
    let warnings = webhook_infra::build::<orders::Stack>().render().unwrap().warnings;
    assert!(warnings.is_empty(), "{warnings:?}");
}
