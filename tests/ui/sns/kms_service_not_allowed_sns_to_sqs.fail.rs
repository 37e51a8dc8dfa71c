use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sns(encrypted)]
    pub struct Messages;
    #[sqs(retention = "14d")]
    pub struct Failed;
    #[sqs(kms_master_key_id = "alias/aws/sqs", dlq(max_receives = 5), subscribe(Messages, dlq = Failed))]
    pub struct Inbox;
}

fn main() {}
