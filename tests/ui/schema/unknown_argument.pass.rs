use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[dynamodb(
        billing = "on_demand",
        pitr,
        server_side_encryption = { "enabled" = true, "kms_key_arn" = Key.arn },
        deletion_protection
    )]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }

    #[resource(aws_kms_key, enable_key_rotation)]
    pub struct Key;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
