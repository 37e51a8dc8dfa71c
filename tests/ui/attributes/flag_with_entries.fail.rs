use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[dynamodb(billing = "on_demand", pitr(days = 7), encrypted, deletion_protection)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }
}

fn main() {}
