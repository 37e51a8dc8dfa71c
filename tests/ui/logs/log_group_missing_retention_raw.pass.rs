use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_cloudwatch_log_group, name = "/orders/audit", retention_in_days = 365)]
    pub struct Audit;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
