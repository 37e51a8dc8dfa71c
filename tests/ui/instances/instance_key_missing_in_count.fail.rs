use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, lambda_missing_error_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[resource(aws_ssm_parameter, count = 2, name = "/orders/${count.index}", type = "String", value = "1")]
    pub struct Settings;

    #[output(Settings.arn)]
    pub struct Arns;
}

fn main() {}
