//! A function of the provider's (Terraform 1.8).
use webhook_infra::prelude::*;

#[stack(name = "arns", required_version = ">= 1.8")]
pub mod arns {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[output(provider::aws::arn_parse(Alerts.arn).account_id)]
    pub struct Account;

    #[output(provider::aws::arn_build("aws", "iam", "", "123456789012", "user/somebody"))]
    pub struct User;
}
