use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[dynamodb(
        billing = "on_demand",
        pitr,
        encrypted,
        deletion_protection,
        global_index(name = "by_customer", hashkey = customer)
    )]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
        pub customer: String,
    }
}

fn main() {}
