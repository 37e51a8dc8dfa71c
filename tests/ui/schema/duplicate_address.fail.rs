use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_kms_alias, name = "alias/orders", target_key_id = Key.key_id)]
    pub struct Orders;

    #[resource(aws_kms_alias, id = "orders", name = "alias/invoices", target_key_id = Key.key_id)]
    pub struct Invoices;

    #[resource(aws_kms_key, enable_key_rotation = true)]
    pub struct Key;
}

fn main() {}
