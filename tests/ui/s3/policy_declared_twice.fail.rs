use webhook_infra::prelude::*;

#[stack(name = "uploads")]
pub mod uploads {
    use super::*;

    #[s3(versioned, encrypted = "AES256")]
    pub struct Uploads;

    #[resource(
        aws_s3_bucket_policy,
        bucket = Uploads.id,
        policy = jsonencode({ "Version" = "2012-10-17", "Statement" = [] })
    )]
    pub struct UploadsPolicy;
}

fn main() {}
