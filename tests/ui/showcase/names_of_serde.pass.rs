use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[dynamodb(
        billing = "on_demand",
        pitr,
        encrypted,
        deletion_protection,
        global_index(name = "by-customer", hash_key = customer_id, range_key = r#type)
    )]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub struct Invoices {
        #[hash_key]
        pub invoice_id: String,
        #[range_key]
        #[serde(rename = "SK")]
        pub sort_key: u64,
        pub customer_id: String,
        pub r#type: String,
        #[ttl]
        #[serde(default)]
        pub expires_at: Option<u64>,
    }
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let table = &json["resource"]["aws_dynamodb_table"]["invoices"];
    assert_eq!(table["hash_key"], "invoiceId");
    assert_eq!(table["range_key"], "SK");
    assert_eq!(table["ttl"][0]["attribute_name"], "expiresAt");
    assert_eq!(table["global_secondary_index"][0]["hash_key"], "customerId");
    assert_eq!(table["global_secondary_index"][0]["range_key"], "type");
    assert_eq!(table["attribute"][1]["type"], "N");
}
