use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_cloudwatch_log_group, name = "/orders/audit")]
    pub struct Audit;
}

fn main() {}
