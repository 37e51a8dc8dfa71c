// Queues of topics: with a filter, raw, and with the dead-letter queue that the queue has anyway.

#[stack(name = "shop", region = "eu-central-1")]
#[webhook_infra::allow(sqs_dlq_missing_alarm, sqs_missing_backlog_alarm, reason = "not what this test is about")]
pub mod shop {
    #[sns(encrypted)]
    pub struct Orders;

    #[sns(encrypted)]
    pub struct Refunds;

    #[sqs(retention = "14d")]
    pub struct Undelivered;

    #[sqs(
        dlq(max_receives = 5),
        subscribe(Orders, filter = { "kind" = ["book"] }, raw, dlq = Undelivered),
        subscribe(Refunds, dlq = Bookkeeping.dlq),
    )]
    pub struct Bookkeeping;
}
