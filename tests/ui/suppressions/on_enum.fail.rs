use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[webhook_infra::allow(sqs_missing_dlq, reason = "jobs are never retried")]
    pub enum Job {
        Import,
    }
}

fn main() {}
