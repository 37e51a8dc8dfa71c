use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_dlq, sqs_missing_backlog_alarm, reason = "not what this test is about")]
pub mod orders {
    use super::*;

    #[resource(aws_kms_key, enable_key_rotation)]
    pub struct Vault;

    #[sns(encrypted)]
    pub struct News;

    #[sqs(visibility_timeout = "1m", key = Vault)]
    pub struct Jobs;

    #[resource(aws_sns_topic_subscription, topic_arn = News.arn, protocol = "sqs", endpoint = Jobs.arn)]
    pub struct JobsHearNews;
}

fn main() {}
