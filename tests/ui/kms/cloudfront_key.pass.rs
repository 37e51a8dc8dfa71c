use webhook_infra::prelude::*;

#[stack(name = "site")]
#[webhook_infra::allow(cloudfront_tls_version, cloudfront_missing_access_log, reason = "not what this is about")]
pub mod site {
    #[kms_key]
    pub struct Data;

    #[data(
        aws_iam_policy_document,
        statement(
            actions = ["kms:*"],
            resources = ["*"],
            principals(type = "AWS", identifiers = ["arn:aws:iam::111122223333:root"])
        )
    )]
    pub struct OwnPolicy;

    #[s3(versioned, key = Data)]
    pub struct Pages;

    #[cloudfront(origin = Pages)]
    pub struct Cdn;
}

fn main() {
    webhook_infra::build::<site::Stack>().render().unwrap();
}
