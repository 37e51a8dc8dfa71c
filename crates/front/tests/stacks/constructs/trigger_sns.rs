// A function that a topic calls: a filter, a queue for what cannot be delivered, and the permission.

#[stack(name = "shop", region = "eu-central-1")]
#[webhook_infra::allow(lambda_missing_error_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod shop {
    #[sns(encrypted)]
    pub struct Orders;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[lambda(
        arch = "arm64", timeout = "10s", reserved = 10, log_retention = "7d",
        trigger(
            Orders,
            filter = { "status" = ["paid", { "prefix" = "re" }], "total" = [{ "numeric" = [">=", 100] }] },
            filter_scope = "MessageBody",
            dlq = Failed,
        ),
        async_invoke(retries = 2, on_failure = Failed),
    )]
    pub struct Billing;
}
