use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection, stream = "everything")]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }
}

fn main() {}
