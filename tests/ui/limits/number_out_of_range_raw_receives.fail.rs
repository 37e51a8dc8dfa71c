use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    sqs_missing_tls_policy,
    sqs_missing_redrive_allow,
    reason = "not what this test is about"
)]
pub mod orders {
    #[resource(
        aws_sqs_queue,
        name = "orders",
        sqs_managed_sse_enabled = true,
        redrive_policy = jsonencode({ "deadLetterTargetArn" = Failed.arn, "maxReceiveCount" = 2000 })
    )]
    pub struct Jobs;

    #[sqs(retention = "14d")]
    pub struct Failed;
}

fn main() {}
