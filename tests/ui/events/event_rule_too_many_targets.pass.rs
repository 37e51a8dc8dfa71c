use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_missing_dlq,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs(retention = "14d")]
    pub struct Failed;

    #[sqs(dlq(max_receives = 5))]
    pub struct Queue1;

    #[sqs(dlq(max_receives = 5))]
    pub struct Queue2;

    #[sqs(dlq(max_receives = 5))]
    pub struct Queue3;

    #[sqs(dlq(max_receives = 5))]
    pub struct Queue4;

    #[sqs(dlq(max_receives = 5))]
    pub struct Queue5;

    #[event_rule(
        pattern = { "source" = ["shop"] },
        target(Queue1, dlq = Failed),
        target(Queue2, dlq = Failed),
        target(Queue3, dlq = Failed),
        target(Queue4, dlq = Failed),
        target(Queue5, dlq = Failed),
    )]
    pub struct Placed;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
