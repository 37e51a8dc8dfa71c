use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
        #[ttl]
        pub expires_at: u64,
        #[ttl]
        pub deleted_at: u64,
    }
}

fn main() {}
