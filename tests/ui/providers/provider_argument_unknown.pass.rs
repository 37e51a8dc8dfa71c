use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(aws, alias = "virginia", region = "us-east-1")]
    pub struct Virginia;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
