use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    s3_missing_abort_incomplete_uploads,
    reason = "not what this test is about"
)]
pub mod orders {
    #[s3(versioned, encrypted = "AES256")]
    pub struct Uploads;

    #[resource(aws_s3_bucket_ownership_controls, bucket = Uploads.id, rule(object_ownership = "BucketOwnerEnforced"))]
    pub struct UploadsOwner;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
