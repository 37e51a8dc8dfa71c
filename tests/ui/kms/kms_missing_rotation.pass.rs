use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(
        aws_kms_key,
        description = "Encrypts invoices.",
        enable_key_rotation = true
    )]
    pub struct InvoicesKey;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
