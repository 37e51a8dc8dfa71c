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

    pub struct Job {
        pub id: String,
    }

    #[sqs(
        fifo,
        content_based_deduplication,
        deduplication_scope = "messageGroup",
        fifo_throughput_limit = "perMessageGroupId",
        visibility_timeout = "1m",
        receive_wait = "20s",
        delay = "0s",
        dlq(max_receives = 5, retention = "14d")
    )]
    pub struct Jobs(pub Job);

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d", reserved = 5, trigger(Jobs, batch_size = 10))]
    pub struct Work {
        pub more: SendMessage<Jobs>,
    }

    #[output([Jobs.url, Jobs.dlq.url, Jobs.dlq.arn])]
    pub struct Urls;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let queues = &json["resource"]["aws_sqs_queue"];
    assert_eq!(queues["jobs"]["name"], "orders-jobs.fifo");
    assert_eq!(queues["jobs_dlq"]["name"], "orders-jobs-dlq.fifo");
    assert_eq!(queues["jobs_dlq"]["fifo_queue"], true);
}
