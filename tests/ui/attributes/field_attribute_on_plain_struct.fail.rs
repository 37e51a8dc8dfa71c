use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    pub struct Invoice {
        #[ttl]
        pub expires_at: u64,
    }
}

fn main() {}
