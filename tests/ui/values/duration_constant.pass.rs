use webhook_infra::prelude::*;

pub const VISIBILITY: &str = "5m";
pub const KEPT: &str = "14d";
pub const BILLING: &str = "on_demand";
pub const DELAY: u32 = 90;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_dlq_missing_alarm,
    sqs_missing_backlog_alarm,
    dynamodb_missing_pitr,
    reason = "this is about units"
)]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[sqs(
        visibility_timeout = crate::VISIBILITY,
        retention = if Stage == "live" { crate::KEPT } else { "1d" },
        delay = crate::DELAY,
        dlq(max_receives = 5)
    )]
    pub struct Events;

    #[dynamodb(billing = crate::BILLING, encrypted, deletion_protection)]
    pub struct Orders {
        #[hash_key]
        pub id: String,
    }
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    assert!(json.contains("\"visibility_timeout_seconds\": 300"), "{json}");
    assert!(json.contains("? 1209600 : 86400}"), "{json}");
    assert!(json.contains("\"delay_seconds\": 90"), "{json}");
    assert!(json.contains("\"billing_mode\": \"PAY_PER_REQUEST\""), "{json}");
}
