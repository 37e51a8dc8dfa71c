//! `format!`: text with values in it, in Rust's spelling.
use webhook_infra::prelude::*;

#[stack(name = "texts")]
pub mod texts {
    use super::*;

    #[variable(default = "test")]
    pub struct Stage;

    #[variable(default = 5)]
    pub struct Price;

    #[s3(versioned, encrypted = "AES256", expire_versions(after = "90d"))]
    pub struct Files;

    #[output(format!("{Files.arn}/{var.stage}/*"))]
    pub struct Inline;

    #[output(format!("{}/{}/{0}", Files.arn, Stage))]
    pub struct Placed;

    #[output(format!("{bucket}/x", bucket = Files.bucket))]
    pub struct Named;

    /// A brace is doubled, and what Terraform would read as its own is escaped.
    #[output(format!("{{\"a\": \"${{x}}\"}} costs ${Price}"))]
    pub struct Braces;

    #[output(format!("{Files.arn}"))]
    pub struct Alone;
}
