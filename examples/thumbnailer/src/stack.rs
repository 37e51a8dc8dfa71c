//! S3 → Lambda → S3: each image that arrives in one bucket becomes a thumbnail in the other.

use webhook_infra::prelude::*;

/// Thumbnails of what people upload.
#[stack(
    name = "thumbnails-${var.stage}",
    region = "eu-central-1",
    tags(service = "thumbnails")
)]
pub mod thumbnailer {
    use super::*;

    /// `live`, `test` or the name of a developer.
    #[variable(default = "live")]
    pub struct Stage;

    /// Where alarms go.
    #[sns(encrypted)]
    pub struct Alerts;

    /// What people upload. Originals are archived after a quarter.
    #[s3(
        versioned,
        encrypted = "AES256",
        archive(after = "90d", to = "GLACIER_IR")
    )]
    pub struct Originals;

    /// What pages show. Every thumbnail can be made again.
    #[s3(versioned, encrypted = "AES256", expire_versions(after = "7d"))]
    pub struct Thumbnails;

    /// Images that could not be read, for somebody to look at.
    #[sqs(retention = "14d")]
    pub struct Unreadable;

    /// Makes the thumbnails.
    #[lambda(
        arch = "arm64",
        memory = "1GB",
        timeout = "30s",
        reserved = 20,
        log_retention = "14d",
        trigger(Originals, events = ["s3:ObjectCreated:*"], prefix = "images/"),
        async_invoke(retries = 1, max_age = "1h", on_failure = Unreadable)
    )]
    pub struct Resize {
        pub originals: GetObject<Originals>,
        pub thumbnails: PutObject<Thumbnails>,
    }

    /// Thumbnails are missing.
    #[alarm(Resize.errors >= 1, period = "5m", notify = Alerts)]
    pub struct ResizeErrors;

    /// An image could not be read after all retries.
    #[alarm(Unreadable.approximate_number_of_messages_visible >= 1, period = "5m", notify = Alerts)]
    pub struct UnreadableImages;

    /// Where to upload to.
    #[output(Originals.bucket)]
    pub struct UploadTo;
}
