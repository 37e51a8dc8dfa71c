// A layer, and functions that take it.

#[stack(name = "shop", artifacts = "../build")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this is about"
)]
pub mod shop {
    /// Fonts and templates of the documents.
    #[layer(arch = "arm64", runtimes = ["provided.al2023"])]
    pub struct Documents;

    #[layer(artifact = "../build/certificates.zip", license_info = "MIT")]
    pub struct Certificates;

    #[lambda(
        arch = "arm64",
        timeout = "10s",
        log_retention = "7d",
        layers = [Documents, Certificates, "arn:aws:lambda:eu-central-1:580247275435:layer:LambdaInsightsExtension-Arm64:20"]
    )]
    pub struct Printer;
}
