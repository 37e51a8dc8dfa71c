use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sns(encrypted)]
    pub struct Messages;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[lambda(
        arch = "arm64",
        timeout = "10s",
        reserved = 5,
        log_retention = "7d",
        async_invoke(on_failure = Failed)
    )]
    pub struct Worker;

    #[resource(
        aws_sns_topic_subscription,
        topic_arn = Messages.arn,
        protocol = "lambda",
        endpoint = Worker.arn,
        redrive_policy = jsonencode({ "deadLetterTargetArn" = Failed.arn })
    )]
    #[webhook_infra::allow(policy_missing_sender, reason = "not what this test is about")]
    pub struct WorkerOfMessages;
}

fn main() {}
