use webhook_infra::prelude::*;

#[stack(name = "uploads")]
pub mod uploads {
    use super::*;

    #[s3(versioned, encrypted = "AES256", tls_only = false)]
    pub struct Uploads;

    #[resource(
        aws_s3_bucket_policy,
        bucket = Uploads.id,
        policy = jsonencode({
            "Version" = "2012-10-17",
            "Statement" = [{
                "Effect" = "Deny",
                "Principal" = "*",
                "Action" = "s3:*",
                "Resource" = [Uploads.arn, "${Uploads.arn}/*"],
                "Condition" = { "Bool" = { "aws:SecureTransport" = "false" } },
            }],
        })
    )]
    pub struct UploadsPolicy;
}

fn main() {
    webhook_infra::build::<uploads::Stack>().render().unwrap();
}
