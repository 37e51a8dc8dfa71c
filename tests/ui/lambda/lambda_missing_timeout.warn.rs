use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    #[lambda(arch = "arm64", memory = 256, reserved = 50, log_retention = "7d")]
    pub struct Ingestion;
}

fn main() {
    let warnings = webhook_infra::build::<orders::Stack>().render().unwrap().warnings;
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert!(warnings[0].contains("rule: lambda_missing_timeout"), "{warnings:#?}");
    assert!(warnings[0].contains("function `Ingestion` does not state its timeout"), "{warnings:#?}");
}
