use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    s3_missing_abort_incomplete_uploads,
    s3_missing_encryption,
    s3_missing_tls_policy,
    s3_missing_versioning,
    reason = "not what this test is about"
)]
pub mod orders {
    #[resource(aws_s3_bucket, bucket = "acme-uploads")]
    pub struct Uploads;

    #[resource(
        aws_s3_bucket_public_access_block,
        bucket = Uploads.id,
        block_public_acls = true,
        block_public_policy = true,
        ignore_public_acls = true,
        restrict_public_buckets = true
    )]
    pub struct UploadsArePrivate;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
