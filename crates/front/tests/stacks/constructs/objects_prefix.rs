// A function that reads one prefix of a bucket and writes another.

#[stack(name = "media", region = "eu-central-1")]
#[webhook_infra::allow(lambda_missing_error_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod media {
    #[s3(versioned, encrypted)]
    pub struct Uploads;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[lambda(
        arch = "arm64", timeout = "30s", reserved = 10, log_retention = "7d",
        trigger(Uploads, prefix = "in/"), async_invoke(on_failure = Failed),
    )]
    pub struct Resize {
        #[objects(prefix = "in/")]
        pub originals: GetObject<Uploads>,
        #[objects(prefix = "out/")]
        pub results: PutObject<Uploads>,
    }
}
