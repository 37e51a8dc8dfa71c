use webhook_infra::prelude::*;

/// The state is shared.
#[stack(
    name = "orders",
    region = "eu-central-1",
    required_version = ">= 1.10",
    allowed_account_ids = ["123456789012"],
    assume_role(role_arn = "arn:aws:iam::123456789012:role/deploy"),
    tags = { "team" = "orders" },
    backend(s3, bucket = "orders-state", key = "orders.tfstate", region = "eu-central-1", use_lockfile = true)
)]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["terraform"]["backend"]["s3"]["use_lockfile"], true);
}
