use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[kms_key]
    pub struct Data;
}

fn main() {
    let rendered = webhook_infra::build::<orders::Stack>().render().unwrap();
    assert!(rendered.warnings.is_empty());
}
