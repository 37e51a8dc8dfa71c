use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[s3(name = "acme-invoices", versioned, encrypted)]
    pub struct Invoices;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
