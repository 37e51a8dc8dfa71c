use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Invoices {
        #[hash_key]
        pub id: Option<String>,
    }
}

fn main() {}
