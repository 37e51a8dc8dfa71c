use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    sqs_missing_tls_policy,
    reason = "not what this test is about"
)]
pub mod orders {
    #[resource(
        aws_sqs_queue,
        sqs_managed_sse_enabled,
        redrive_policy = jsonencode({ "deadLetterTargetArn" = Failed.arn, "maxReceiveCount" = 5 })
    )]
    pub struct Jobs;

    #[resource(aws_sqs_queue, sqs_managed_sse_enabled, message_retention_seconds = 1209600)]
    pub struct Failed;
}

fn main() {
    let warnings = webhook_infra::build::<orders::Stack>().render().unwrap().warnings;
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert!(warnings[0].contains("rule: sqs_missing_redrive_allow"), "{warnings:#?}");
    assert!(warnings[0].contains("dead-letter queue `Failed` takes messages of any queue in the account"), "{warnings:#?}");
}
