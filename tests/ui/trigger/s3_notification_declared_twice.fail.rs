use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[s3(versioned, encrypted)]
    pub struct Uploads;
    #[sqs(retention = "14d")]
    pub struct Failed;
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", trigger(Uploads), async_invoke(on_failure = Failed))]
    pub struct Resize;
    #[resource(aws_s3_bucket_notification, bucket = Uploads.id, eventbridge = true)]
    pub struct Events;
}

fn main() {}
