use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs(dlq(to = Failed, max_receives = 5))]
    pub struct Jobs;

    #[sqs(retention = "14d")]
    pub struct Failed;
}

fn main() {
    let warnings = webhook_infra::build::<orders::Stack>().render().unwrap().warnings;
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert!(warnings[0].contains("rule: sqs_missing_redrive_allow"), "{warnings:#?}");
    assert!(warnings[0].contains("dead-letter queue `Failed` takes messages of any queue in the account"), "{warnings:#?}");
}
