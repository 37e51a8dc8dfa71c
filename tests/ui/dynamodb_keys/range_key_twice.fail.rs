use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
        #[range_key]
        pub issued_at: u64,
        #[range_key]
        pub paid_at: u64,
    }
}

fn main() {}
