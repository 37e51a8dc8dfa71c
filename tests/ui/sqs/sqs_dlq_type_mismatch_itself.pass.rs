use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_dlq,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs]
    pub struct Jobs;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[resource(
        aws_sqs_queue_redrive_policy,
        queue_url = Jobs.url,
        redrive_policy = jsonencode({ "deadLetterTargetArn" = Failed.arn, "maxReceiveCount" = 5 })
    )]
    pub struct Redrive;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
