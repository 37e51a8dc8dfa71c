use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    #[lambda(
        arch = "arm64",
        timeout = "10 seconds",
        memory = "256KB",
        log_retention = "7",
        reserved = many
    )]
    pub struct Archive {
        pub invoices: PutItm<Invoices>,
    }

    #[dynamodb(billing = "ondemand", pitr = 35, encrypted, deletion_protection)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
        #[range_key]
        pub paid: bool,
        #[ttl]
        pub expires_at: String,
    }
}

fn main() {}
