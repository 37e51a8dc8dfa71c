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
}

fn main() {
    let warnings = webhook_infra::build::<orders::Stack>().render().unwrap().warnings;
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert!(warnings[0].contains("rule: s3_missing_abort_incomplete_uploads"), "{warnings:#?}");
    assert!(warnings[0].contains("bucket `Uploads` keeps the parts of unfinished uploads"), "{warnings:#?}");
}
