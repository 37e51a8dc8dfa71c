use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sns(encrypted)]
    pub struct Messages;
    #[sqs(retention = "14d")]
    pub struct Failed;
    #[alarm(Worker.iterator_age >= 60000, period = "1m", notify = Messages)]
    pub struct WorkerLags;
    #[dynamodb(
        billing = "on_demand",
        pitr,
        encrypted,
        deletion_protection,
        stream = "new_image"
    )]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", trigger(Invoices, suffix = ".jpg", retries = 5, on_failure = Failed))]
    pub struct Worker;
}

fn main() {}
