// Two functions of one bucket: one notification, a permission each, and what fails goes to a queue.

#[stack(name = "media", region = "eu-central-1")]
#[webhook_infra::allow(lambda_missing_error_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod media {
    #[s3(versioned, encrypted)]
    pub struct Uploads;

    #[s3(versioned, encrypted)]
    pub struct Thumbnails;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[lambda(
        arch = "arm64", timeout = "30s", reserved = 10, log_retention = "7d",
        trigger(Uploads, prefix = "in/", suffix = ".jpg"),
        trigger(Uploads, prefix = "in/", suffix = ".png"),
        async_invoke(retries = 1, max_age = "1h", on_failure = Failed),
    )]
    pub struct Resize {
        pub uploads: GetObject<Uploads>,
        pub thumbnails: PutObject<Thumbnails>,
    }

    #[lambda(
        arch = "arm64", timeout = "30s", reserved = 10, log_retention = "7d",
        trigger(Uploads, events = ["s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated"]),
        async_invoke(on_failure = Failed),
    )]
    pub struct Forget {
        pub thumbnails: DeleteObject<Thumbnails>,
    }
}
