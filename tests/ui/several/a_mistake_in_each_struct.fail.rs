use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    alarm_missing_action,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    /// The key is misspelled.
    #[sqs(visibilty_timeout = "5m", dlq(max_receives = 5))]
    pub struct Jobs;

    /// The partition key is missing.
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Invoices {
        pub id: String,
    }

    /// The table takes no messages, and the memory has no such unit.
    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d", memory = "256KB")]
    pub struct Archive {
        pub invoices: SendMessage<Invoices>,
    }

    /// Nothing is compared.
    #[alarm(period = "1m")]
    pub struct Backlog;

    /// The struct is called differently.
    #[output(Job.url)]
    pub struct QueueUrl;
}

fn main() {}
