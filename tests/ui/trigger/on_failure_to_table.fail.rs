use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }
    #[sns(encrypted)]
    pub struct Messages;
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", async_invoke(on_failure = Invoices))]
    pub struct Worker;
}

fn main() {}
