use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs(dlq(to = Failed, max_receives = 5))]
    pub struct Jobs;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[resource(
        aws_sqs_queue_redrive_allow_policy,
        queue_url = Failed.url,
        redrive_allow_policy = jsonencode({ "redrivePermission" = "byQueue", "sourceQueueArns" = [Jobs.arn] })
    )]
    pub struct FailedTakesJobs;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
