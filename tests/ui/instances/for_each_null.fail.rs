use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[resource(aws_cloudwatch_log_group, for_each = null, name_prefix = "/logs", retention_in_days = 7)]
    pub struct Logs;
}

fn main() {}
