use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    s3_missing_encryption,
    s3_missing_tls_policy,
    s3_missing_versioning,
    s3_public_access,
    reason = "not what this test is about"
)]
pub mod orders {
    #[resource(aws_s3_bucket, bucket = "acme-uploads")]
    pub struct Uploads;

    #[resource(
        aws_s3_bucket_lifecycle_configuration,
        bucket = Uploads.id,
        rule(
            id = "unfinished",
            status = "Enabled",
            filter(),
            abort_incomplete_multipart_upload(days_after_initiation = 7)
        )
    )]
    pub struct UploadsLifecycle;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
