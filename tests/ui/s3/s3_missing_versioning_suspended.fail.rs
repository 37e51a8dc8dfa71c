use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[s3(encrypted)]
    pub struct Uploads;

    #[resource(
        aws_s3_bucket_versioning,
        bucket = Uploads.id,
        versioning_configuration(status = "Suspended")
    )]
    pub struct UploadsVersions;
}

fn main() {}
