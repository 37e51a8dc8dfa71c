use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_dlq_missing_alarm,
    sqs_missing_backlog_alarm,
    s3_missing_versioning,
    reason = "this is about flags"
)]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[s3(versioned, encrypted, count = if Stage == "live" { 1 } else { 0 })]
    pub struct Files;

    #[s3(encrypted, count = if Stage == "live" { 0 } else { 1 })]
    pub struct Scratch;

    #[sqs(encrypted = Stage == "live", dlq(max_receives = 5))]
    pub struct Events;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
