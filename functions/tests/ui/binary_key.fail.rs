//! The key of the table are bytes, which its typed clients do not have.

use webhook_infra::prelude::*;

#[stack(name = "hashes", region = "eu-central-1")]
pub mod hashes {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Files {
        #[hash_key]
        pub digest: Vec<u8>,
    }
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Find {
        pub files: GetItem<Files>,
    }
    #[sqs(retention = "14d")]
    pub struct Failed;
    #[schedule("rate(1 day)", target = Find, dlq = Failed)]
    pub struct Nightly;

    #[alarm(Find.errors >= 1, notify = Alerts)]
    pub struct FindErrors;
    #[alarm(Failed.approximate_number_of_messages_visible >= 1, period = "1m", notify = Alerts)]
    pub struct Undelivered;
    #[alarm(Files.system_errors >= 1, notify = Alerts)]
    pub struct FileErrors;
}

async fn find(find: &hashes::Find) {
    let digest = vec![7; 32];
    let _ = find.files.get(&digest, &(), true).await;
}

fn main() {}
