// `region` on a construct: everything that it makes stands there, except what has no region.

#[stack(name = "orders", region = "eu-central-1")]
#[webhook_infra::allow(lambda_missing_error_alarm, sqs_dlq_missing_alarm, sqs_missing_backlog_alarm, reason = "not what this test is about")]
pub mod orders {
    #[sqs(region = "eu-west-1", visibility_timeout = "60s", dlq(max_receives = 3))]
    pub struct Events;

    #[s3(region = "eu-west-1", versioned, encrypted)]
    pub struct Files;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 10, log_retention = "7d", region = "eu-west-1", trigger(Events))]
    pub struct Worker {
        files: PutObject<Files>,
    }

    #[kms_key(region = "eu-west-1", services = ["sqs.amazonaws.com"])]
    pub struct Key;

    #[sqs(dlq(max_receives = 5))]
    pub struct Home;
}
