use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sns(fifo, encrypted)]
    pub struct Messages;
    #[sqs(fifo, visibility_timeout = "1m", dlq(max_receives = 5), subscribe(Messages, dlq = Inbox.dlq))]
    pub struct Inbox;
    #[lambda(
        arch = "arm64",
        timeout = "10s",
        reserved = 5,
        log_retention = "7d",
        trigger(Inbox)
    )]
    pub struct Worker;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
