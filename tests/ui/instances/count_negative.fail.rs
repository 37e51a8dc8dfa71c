use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[resource(aws_cloudwatch_log_group, count = -1, name = "/${count.index}", retention_in_days = 7)]
    pub struct Logs;
}

fn main() {}
