use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, name = "alerts")]
    #[import(id = "arn:aws:sns:eu-central-1:123456789012:alerts")]
    pub struct Alerts;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
