// A distribution in front of a bucket with a key, and its logs in another one.

#[stack(name = "site", region = "eu-central-1")]
#[webhook_infra::allow(cloudfront_tls_version, reason = "not what this is about")]
pub mod site {
    #[kms_key]
    pub struct Data;

    #[kms_key]
    pub struct Logging;

    #[s3(versioned, key = Data)]
    pub struct Pages;

    #[s3(versioned, key = Logging, expire(after = "90d"))]
    pub struct Logs;

    #[cloudfront(origin = Pages, log(Logs))]
    pub struct Cdn;
}
