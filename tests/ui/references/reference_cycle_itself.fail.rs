use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_dlq, reason = "not what this test is about")]
pub mod orders {
    #[sqs(tls_only = false, policy = jsonencode({
        "Version" = "2012-10-17",
        "Statement" = [{
            "Effect" = "Deny",
            "Principal" = "*",
            "Action" = "sqs:*",
            "Resource" = Jobs.arn,
            "Condition" = { "Bool" = { "aws:SecureTransport" = "false" } },
        }],
    }))]
    pub struct Jobs;
}

fn main() {}
