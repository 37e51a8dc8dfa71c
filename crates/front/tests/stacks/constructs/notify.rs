// A bucket that tells a queue, a topic, a function and EventBridge.

#[stack(name = "media", region = "eu-central-1")]
#[webhook_infra::allow(
    lambda_missing_error_alarm, sqs_dlq_missing_alarm, sqs_missing_backlog_alarm,
    reason = "not what this test is about"
)]
pub mod media {
    #[s3(
        versioned, encrypted, eventbridge,
        notify(Scans, prefix = "scans/"),
        notify(Removals, events = ["s3:ObjectRemoved:*"]),
    )]
    pub struct Uploads;

    #[sqs(dlq(max_receives = 5))]
    pub struct Scans;

    #[sns(encrypted)]
    pub struct Removals;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[lambda(
        arch = "arm64", timeout = "30s", reserved = 10, log_retention = "7d",
        trigger(Uploads, prefix = "images/"), async_invoke(on_failure = Failed),
    )]
    pub struct Resize {
        pub uploads: GetObject<Uploads>,
    }
}
