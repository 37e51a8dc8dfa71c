use webhook_infra::prelude::*;

#[stack(name = "shop")]
pub mod shop {
    /// There was one ledger for all countries.
    #[dynamodb(
        name = if each.key == "de" { "shop-ledger" } else { "shop-ledger-${each.key}" },
        for_each = toset(["de", "fr"]), billing = "on_demand", pitr, encrypted, deletion_protection
    )]
    #[moved(from = ledger, to = Ledger["de"])]
    pub struct Ledger {
        #[hash_key]
        pub order: String,
    }
}

fn main() {
    let before = r#"{"resource": {"aws_dynamodb_table": {"ledger": {"name": "shop-ledger", "hash_key": "order"}}}}"#;
    let now = webhook_infra::build::<shop::Stack>().render_against(before).unwrap();
    assert!(now.json.contains(r#""to": "aws_dynamodb_table.ledger[\"de\"]""#), "{}", now.json);
}
