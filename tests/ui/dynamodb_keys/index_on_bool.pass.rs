use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[dynamodb(
        billing = "on_demand",
        pitr,
        encrypted,
        deletion_protection,
        global_index(name = "by_paid", hash_key = paid)
    )]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
        pub customer: String,
        pub paid: String,
    }
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
