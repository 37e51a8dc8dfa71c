use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    sqs_missing_dlq,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs(retention = "14d", encrypted, tls_only)]
    pub struct Rejects;

    #[sqs(dlq(to = Rejects, max_receives = 5))]
    pub struct Jobs;

    #[sqs(dlq(to = Rejects, max_receives = 3))]
    pub struct Mails;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
