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
    #[resource(
        aws_kms_key,
        description = "Encrypts the inbox.",
        enable_key_rotation = true
    )]
    pub struct InboxKey;
    #[sqs(kms_master_key_id = InboxKey.id, dlq(max_receives = 5), subscribe(Messages, dlq = Failed))]
    pub struct Inbox;
}

fn main() {}
