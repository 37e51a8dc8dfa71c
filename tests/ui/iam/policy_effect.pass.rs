use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sqs]
    #[webhook_infra::allow(sqs_missing_dlq, sqs_missing_backlog_alarm, reason = "not what this is about")]
    pub struct Events;

    #[data(
        aws_iam_policy_document,
        statement(effect = "Allow", actions = ["sqs:SendMessage"], resources = [Events.arn])
    )]
    pub struct Send;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
