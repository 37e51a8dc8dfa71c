use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    /// Encrypts everything about orders.
    #[resource(aws_kms_key, enable_key_rotation)]
    pub struct Vault;

    #[sqs(visibility_timeout = "1m", kms_master_key_id = Vault.id, kms_data_key_reuse_period_seconds = 300, dlq(max_receives = 5))]
    pub struct Jobs;

    #[dynamodb(billing = "on_demand", pitr, kms_key_arn = Vault.arn, deletion_protection)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }

    #[s3(
        versioned,
        kms_key = Vault.arn,
        archive(after = "30d", to = "GLACIER_IR", prefix = "raw/"),
        archive(after = "180d", to = "DEEP_ARCHIVE"),
        expire(after = "3650d"),
        expire_versions(after = "90d"),
        abort_incomplete_uploads = "2d",
        force_destroy = false
    )]
    pub struct Uploads;

    #[sns(encrypted, display_name = "Orders", publishers = ["cloudwatch.amazonaws.com", "events.amazonaws.com"])]
    pub struct Alerts;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d", reserved = 5, trigger(Jobs))]
    pub struct Work {
        pub more: SendMessage<Jobs>,
        pub put: PutItem<Invoices>,
        pub upload: PutObject<Uploads>,
        pub read: GetObject<Uploads>,
        pub list: ListObjects<Uploads>,
        pub tell: Publish<Alerts>,
    }
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let statements = json["data"]["aws_iam_policy_document"]["work"]["statement"].as_array().unwrap();
    let key = |sid: &str| {
        let statement = statements.iter().find(|statement| statement["sid"] == sid).unwrap();
        (statement["actions"].to_string(), statement["resources"][0].as_str().unwrap().to_owned())
    };
    let read = r#"["kms:Decrypt"]"#.to_owned();
    let write = r#"["kms:Decrypt","kms:GenerateDataKey"]"#.to_owned();
    let vault = "${aws_kms_key.vault.arn}".to_owned();
    assert_eq!(key("SendMessageJobsKey"), (write.clone(), vault.clone()));
    assert_eq!(key("PutItemInvoicesKey"), (write.clone(), vault.clone()));
    assert_eq!(key("PutObjectUploadsKey"), (write.clone(), vault.clone()));
    assert_eq!(key("GetObjectUploadsKey"), (read.clone(), vault.clone()));
    assert_eq!(key("PublishAlertsKey"), (write, "${aws_kms_key.alerts.arn}".to_owned()));
    assert_eq!(key("DecryptJobs"), (read, vault));
}
