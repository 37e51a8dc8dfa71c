use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_kms_key, description = "Encrypts invoices.")]
    pub struct InvoicesKey;
}

fn main() {}
