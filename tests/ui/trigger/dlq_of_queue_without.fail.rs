use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    sqs_missing_dlq,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sns(encrypted)]
    pub struct Messages;
    #[sqs(retention = "14d", subscribe(Messages, dlq = Inbox.dlq))]
    pub struct Inbox;
}

fn main() {}
