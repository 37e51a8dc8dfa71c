use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(s3_missing_versioning, reason = "not what this test is about")]
pub mod orders {
    #[s3(encrypted, archive(after = "30d", to = "GLACIER_DEEP_ARCHIVE"))]
    pub struct Invoices;
}

fn main() {}
