use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kms_key(deletion_window = "7d")]
    pub struct Data;
}

fn main() {
    let rendered = webhook_infra::build::<orders::Stack>().render().unwrap();
    assert!(rendered.warnings.iter().any(|warning| warning.contains("rule: kms_deletion_window_too_short")));
}
