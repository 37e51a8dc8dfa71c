// Function URLs: for signed callers, and for everybody.

#[stack(name = "hooks")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this is about"
)]
pub mod hooks {
    #[lambda(
        arch = "arm64",
        timeout = "10s",
        log_retention = "7d",
        url(auth = "aws_iam", invoke_mode = "RESPONSE_STREAM")
    )]
    pub struct Internal;

    #[webhook_infra::expect(lambda_url_public, reason = "the function checks the sender's signature")]
    #[lambda(
        arch = "arm64",
        timeout = "10s",
        log_retention = "7d",
        url(auth = "none", cors(origins = ["https://shop.example"], methods = ["POST"], max_age = "10m"))
    )]
    pub struct Receiver;

    #[output(Receiver.url.function_url)]
    pub struct ReceiverUrl;
}
