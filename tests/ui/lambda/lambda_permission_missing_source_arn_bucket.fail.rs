use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    #[s3(versioned, encrypted)]
    pub struct Uploads;

    #[lambda(arch = "arm64", memory = 256, timeout = "10s", reserved = 50, log_retention = "7d")]
    pub struct Scanner;

    #[resource(
        aws_lambda_permission,
        action = "lambda:InvokeFunction",
        function_name = Scanner.name,
        principal = "s3.amazonaws.com",
        source_arn = Uploads.arn
    )]
    pub struct UploadsMayCall;
}

fn main() {}
