// Orders in order: a FIFO topic, a FIFO queue, a standard queue that does not mind, and a function.

#[stack(name = "shop", region = "eu-central-1")]
#[webhook_infra::allow(
    lambda_missing_error_alarm, sqs_dlq_missing_alarm, sqs_missing_backlog_alarm,
    reason = "not what this test is about"
)]
pub mod shop {
    #[sns(fifo, deduplication = "content", throughput = "per_group", encrypted)]
    pub struct Orders;

    #[sqs(
        fifo, deduplication = "content", deduplication_scope = "message_group", throughput = "per_group",
        visibility_timeout = "1m", dlq(max_receives = 5),
        subscribe(Orders, raw, dlq = Bookkeeping.dlq),
    )]
    pub struct Bookkeeping;

    #[sqs(fifo, retention = "14d")]
    pub struct Undelivered;

    #[sqs(dlq(max_receives = 5), subscribe(Orders, raw, dlq = Undelivered))]
    pub struct Statistics;

    #[lambda(
        arch = "arm64", timeout = "10s", reserved = 10, log_retention = "7d",
        trigger(Bookkeeping, batch_size = 10, max_concurrency = 5),
    )]
    pub struct Book;
}
