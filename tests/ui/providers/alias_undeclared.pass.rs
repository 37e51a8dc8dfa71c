use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(aws, alias = "virginia", region = "us-east-1")]
    pub struct Virginia;

    #[data(aws_region, provider = aws.virginia)]
    pub struct There;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
