use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[s3(versioned, encrypted, tls_only = false)]
    pub struct Uploads;

    #[resource(aws_s3_bucket_policy, bucket = Uploads.id, policy = jsonencode({
        "Version" = "2012-10-17",
        "Statement" = [{
            "Effect" = "Deny",
            "Principal" = "*",
            "Action" = "s3:*",
            "Resource" = Uploads.arn,
            "Condition" = { "Bool" = { "aws:SecureTransport" = "false" } },
        }],
    }))]
    pub struct UploadsPolicy;
}

fn main() {}
