use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(policy_missing_sender, event_target_missing_dlq, sqs_missing_dlq, sqs_missing_backlog_alarm, reason = "not what this test is about")]
pub mod orders {
    use super::*;

    #[resource(aws_cloudwatch_event_rule, schedule_expression = "rate(1 day)")]
    pub struct Nightly;

    #[sqs(visibility_timeout = "1m", key = "alias/aws/sqs")]
    pub struct Jobs;

    #[resource(aws_cloudwatch_event_target, rule = Nightly.name, arn = Jobs.arn)]
    pub struct NightlyJobs;
}

fn main() {}
