use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(aws, alias = "california", region = "us-west-1")]
    pub struct California;

    #[provider(aws, alias = "oregon", region = "us-west-2")]
    pub struct Oregon;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
