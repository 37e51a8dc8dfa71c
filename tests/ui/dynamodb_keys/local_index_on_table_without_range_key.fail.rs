use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[dynamodb(
        billing = "on_demand",
        pitr,
        encrypted,
        deletion_protection,
        local_index(name = "by_customer", range_key = customer)
    )]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
        pub customer: String,
    }
}

fn main() {}
