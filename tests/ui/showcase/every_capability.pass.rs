use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    #[sqs(dlq(max_receives = 5))]
    pub struct Jobs;

    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }

    #[s3(versioned, encrypted)]
    pub struct Uploads;

    #[sns(encrypted)]
    pub struct Alerts;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Helper;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Everything {
        pub a: SendMessage<Jobs>,
        pub b: ReceiveMessage<Jobs>,
        pub c: GetItem<Invoices>,
        pub d: BatchGetItem<Invoices>,
        pub e: PutItem<Invoices>,
        pub f: UpdateItem<Invoices>,
        pub g: DeleteItem<Invoices>,
        pub h: BatchWriteItem<Invoices>,
        pub i: Query<Invoices>,
        pub j: Scan<Invoices>,
        pub k: PutObject<Uploads>,
        pub l: GetObject<Uploads>,
        pub m: DeleteObject<Uploads>,
        pub n: ListObjects<Uploads>,
        pub o: Publish<Alerts>,
        pub p: webhook_infra::Invoke<Helper>,
    }
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let statements = json["data"]["aws_iam_policy_document"]["everything"]["statement"].as_array().unwrap();
    // The log group, sixteen capabilities, and the topic's key.
    assert_eq!(statements.len(), 18);
    let function = &json["resource"]["aws_lambda_function"]["everything"];
    let variables = function["environment"][0]["variables"].as_object().unwrap();
    assert_eq!(
        variables.keys().collect::<Vec<_>>(),
        ["ALERTS_TOPIC_ARN", "HELPER_FUNCTION_NAME", "INVOICES_TABLE_NAME", "JOBS_QUEUE_URL", "UPLOADS_BUCKET_NAME"]
    );
}
