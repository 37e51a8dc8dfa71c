use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_dlq, reason = "not what this test is about")]
pub mod orders {
    #[sqs(tls_only = false)]
    pub struct Jobs;

    #[resource(aws_sqs_queue_policy, queue_url = Jobs.url, policy = jsonencode({
        "Version" = "2012-10-17",
        "Statement" = [{
            "Effect" = "Deny",
            "Principal" = "*",
            "Action" = "sqs:*",
            "Resource" = Jobs.arn,
            "Condition" = { "Bool" = { "aws:SecureTransport" = "false" } },
        }],
    }))]
    pub struct JobsPolicy;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
