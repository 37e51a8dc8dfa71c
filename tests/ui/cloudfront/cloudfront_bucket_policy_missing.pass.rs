use webhook_infra::prelude::*;

#[stack(name = "site", region = "eu-central-1")]
pub mod site {
    #[s3(versioned, encrypted, tls_only = false)]
    pub struct Pages;

    #[resource(
        aws_s3_bucket_policy,
        bucket = Pages.id,
        policy = jsonencode({
            "Version" = "2012-10-17",
            "Statement" = [
                {
                    "Effect" = "Allow",
                    "Principal" = { "Service" = "cloudfront.amazonaws.com" },
                    "Action" = "s3:GetObject",
                    "Resource" = "${Pages.arn}/*",
                    "Condition" = { "StringEquals" = { "aws:SourceArn" = Cdn.arn } },
                },
                {
                    "Effect" = "Deny",
                    "Principal" = "*",
                    "Action" = "s3:*",
                    "Resource" = [Pages.arn, "${Pages.arn}/*"],
                    "Condition" = { "Bool" = { "aws:SecureTransport" = "false" } },
                },
            ],
        })
    )]
    pub struct PagesPolicy;

    #[resource(
        aws_cloudfront_origin_access_control,
        name = "pages",
        origin_access_control_origin_type = "s3",
        signing_behavior = "always",
        signing_protocol = "sigv4"
    )]
    pub struct Control;

    #[resource(
        aws_cloudfront_distribution,
        enabled = true,
        default_root_object = "index.html",
        origin(
            origin_id = "pages",
            domain_name = Pages.bucket_regional_domain_name,
            origin_access_control_id = Control.id
        ),
        origin(
            origin_id = "api",
            domain_name = "api.example.com",
            custom_origin_config(
                http_port = 80,
                https_port = 443,
                origin_protocol_policy = "https-only",
                origin_ssl_protocols = ["TLSv1.2"]
            )
        ),
        default_cache_behavior(
            target_origin_id = "pages",
            viewer_protocol_policy = "redirect-to-https",
            allowed_methods = ["GET", "HEAD"],
            cached_methods = ["GET", "HEAD"],
            cache_policy_id = "658327ea-f89d-4fab-a63d-7e88639e58f6",
            response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
        ),
        restrictions(geo_restriction(restriction_type = "none")),
        viewer_certificate(cloudfront_default_certificate = true)
    )]
    pub struct Cdn;
}

fn main() {
    webhook_infra::build::<site::Stack>().render().unwrap();
}
