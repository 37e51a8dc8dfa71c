use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    /// Every invoice ever written.
    #[dynamodb(
        name = "orders.invoices",
        billing = "provisioned",
        read_capacity = 5,
        write_capacity = 5,
        pitr,
        encrypted,
        deletion_protection,
        stream = "new_and_old_images",
        table_class = "STANDARD_INFREQUENT_ACCESS",
        global_index(name = "by_customer", hash_key = customer, range_key = issued_at, read_capacity = 2, write_capacity = 1),
        global_index(name = "by_hash", hash_key = hash, projection = "keys_only", read_capacity = 2, write_capacity = 1),
        local_index(name = "by_total", range_key = total, projection = "include", include = ["customer"]),
        tags(kept = "10 years")
    )]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
        #[range_key]
        pub issued_at: u64,
        pub customer: String,
        pub total: i64,
        pub hash: Vec<u8>,
        #[ttl]
        pub expires_at: u64,
        pub lines: Vec<String>,
    }

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Search {
        pub query: Query<Invoices>,
        pub scan: Scan<Invoices>,
        pub get: BatchGetItem<Invoices>,
    }

    #[output({ "stream" = Invoices.stream_arn, "table" = Invoices.table_name })]
    pub struct Tables;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let table = &json["resource"]["aws_dynamodb_table"]["invoices"];
    assert_eq!(table["attribute"].as_array().unwrap().len(), 5);
    let policy = &json["data"]["aws_iam_policy_document"]["search"]["statement"][1];
    assert_eq!(policy["resources"].as_array().unwrap().len(), 4);
}
