use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[s3(name = "Acme-Invoices", versioned, encrypted)]
    pub struct Invoices;
}

fn main() {}
