// A bus, and rules that send its events to a function, queues, a topic and another bus.

#[stack(name = "shop", region = "eu-central-1")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    sqs_missing_dlq,
    reason = "not what this is about"
)]
pub mod shop {
    /// What happens in the shop.
    #[event_bus]
    pub struct Orders;

    #[event_bus]
    pub struct Audit;

    /// Events that could not be delivered.
    #[sqs(retention = "14d")]
    pub struct Failed;

    #[sqs(visibility_timeout = "2m", dlq(max_receives = 5))]
    pub struct Shipments;

    #[sns(encrypted)]
    pub struct News;

    /// Tells the bus what was bought.
    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Checkout {
        pub orders: PutEvents<Orders>,
    }

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Mailer;

    /// Orders that are worth a call.
    #[event_rule(
        bus = Orders,
        pattern = {
            "source" = ["shop"],
            "detail-type" = ["OrderPlaced", { "prefix" = "Order" }],
            "detail" = {
                "total" = [{ "numeric" = [">=", 1000, "<", 1000000] }],
                "country" = [{ "anything-but" = ["US"] }],
                "coupon" = [{ "exists" = false }]
            }
        },
        target(Mailer, dlq = Failed, retry(attempts = 3, max_age = "2h"), input_path = "$.detail"),
        target(Shipments, dlq = Failed),
        target(
            News,
            dlq = Failed,
            input_transformer(
                input_paths = { "id" = "$.detail.id", "total" = "$.detail.total" },
                input_template = "\"Order <id> over <total>\""
            )
        ),
        target(Audit, dlq = Failed)
    )]
    pub struct BigOrders;

    #[event_rule(
        pattern = { "source" = ["aws.health"] },
        target(News, dlq = Failed, input = { "text" = "AWS has news" })
    )]
    pub struct Health;

    #[alarm(BigOrders.failed_invocations >= 1, period = "5m", notify = News)]
    pub struct OrdersLost;

    #[alarm(Health.invocations_sent_to_dlq >= 1, period = "5m", notify = News)]
    pub struct HealthLost;
}
