use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sqs]
    #[webhook_infra::allow(sqs_missing_dlq, sqs_missing_backlog_alarm, reason = "not what this is about")]
    pub struct Events;

    #[resource(
        aws_iam_policy,
        name = "send",
        policy = jsonencode({
            "Version" = "2012-10-17",
            "Statement" = [{
                "Effect" = "Allow",
                "Actions" = ["sqs:SendMessage"],
                "Resource" = [Events.arn],
            }],
        })
    )]
    pub struct Send;
}

fn main() {}
