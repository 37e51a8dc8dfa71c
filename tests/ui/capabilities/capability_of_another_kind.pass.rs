use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Import {
        pub jobs: PutItem<Invoices>,
    }
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
