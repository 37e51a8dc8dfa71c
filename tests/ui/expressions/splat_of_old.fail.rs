use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[resource(aws_cloudwatch_log_group, name = "x", retention_in_days = 7)]
    pub struct Group;

    #[output([Group.*.arn])]
    pub struct Result;
}

fn main() {}
