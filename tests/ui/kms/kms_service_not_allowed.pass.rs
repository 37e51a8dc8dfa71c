use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(event_target_missing_dlq, sqs_missing_dlq, sqs_missing_backlog_alarm, reason = "not what this test is about")]
pub mod orders {
    use super::*;

    #[kms_key]
    pub struct Vault;

    #[sns(encrypted)]
    pub struct News;

    #[sqs(visibility_timeout = "1m", key = Vault)]
    pub struct Jobs;

    #[resource(aws_sns_topic_subscription, topic_arn = News.arn, protocol = "sqs", endpoint = Jobs.arn)]
    pub struct JobsHearNews;

    #[resource(aws_cloudwatch_event_rule, schedule_expression = "rate(1 day)")]
    pub struct Nightly;

    #[resource(aws_cloudwatch_event_target, rule = Nightly.name, arn = Jobs.arn)]
    pub struct NightlyJobs;

    #[resource(aws_cloudwatch_log_group, name = "/orders", retention_in_days = 7, kms_key_id = Vault.arn)]
    pub struct Log;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let statements = json["data"]["aws_iam_policy_document"]["vault_key"]["statement"].as_array().unwrap();
    let sids = statements.iter().map(|statement| statement["sid"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(sids, ["AllowAccount", "AllowServices", "AllowEventBridge", "AllowLogs"]);
    assert_eq!(statements[1]["principals"][0]["identifiers"][0], "sns.amazonaws.com");
    assert!(statements[2].get("condition").is_none());
}
