use webhook_infra::prelude::*;

#[stack(name = "site", region = "eu-central-1")]
pub mod site {
    #[resource(aws_acm_certificate, domain_name = "www.example.com", validation_method = "DNS", region = "us-east-1")]
    pub struct Certificate;

    #[s3(versioned, encrypted)]
    pub struct Pages;

    #[s3(versioned, encrypted)]
    pub struct Logs;

    #[cloudfront(origin = Pages, default_root = "index.html", domain = "www.example.com", log(Logs))]
    pub struct Cdn;
}

fn main() {}
