// Resources that exist already are taken over.

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod orders {
    #[sqs(name = "jobs", dlq(max_receives = 5))]
    #[import(id = "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs")]
    #[import(id = "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs-dlq", to = Jobs.dlq)]
    pub struct Jobs;

    /// The topics of each team, by name.
    #[variable(default = { "billing" = "arn:aws:sns:eu-central-1:123456789012:billing" })]
    pub struct Topics;

    #[resource(aws_sns_topic, for_each = Topics, name = each.key, kms_master_key_id = "alias/orders")]
    #[import(for_each = Topics, id = each.value)]
    pub struct Notices;
}
