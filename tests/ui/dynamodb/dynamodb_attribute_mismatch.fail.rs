use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(
        aws_dynamodb_table,
        name = "orders-invoices",
        billing_mode = "PAY_PER_REQUEST",
        hash_key = "id",
        range_key = "issued_at",
        attribute(name = "id", type = "S"),
        point_in_time_recovery(enabled = true),
        server_side_encryption(enabled = true),
        deletion_protection_enabled
    )]
    pub struct Invoices;
}

fn main() {}
