use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(random)]
    pub struct Random;

    #[resource(random_id, byte_length = 4)]
    pub struct Suffix;
}

fn main() {
    let warnings = webhook_infra::build::<orders::Stack>().render().unwrap().warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("no version of provider `random` is required"), "{warnings:?}");
    assert!(warnings[0].contains("rule: provider_missing_version"), "{warnings:?}");
}
