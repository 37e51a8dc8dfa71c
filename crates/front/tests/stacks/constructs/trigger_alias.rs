// A function with an alias: everything that starts it calls the alias.

#[stack(name = "media", region = "eu-central-1")]
#[webhook_infra::allow(lambda_missing_error_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod media {
    #[s3(versioned, encrypted)]
    pub struct Uploads;

    #[sns(encrypted)]
    pub struct Orders;

    #[kinesis(shards = 1)]
    pub struct Clicks;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[lambda(
        arch = "arm64", timeout = "30s", reserved = 10, log_retention = "7d", alias(live),
        trigger(Uploads), trigger(Orders, dlq = Failed), trigger(Clicks, retries = 2, on_failure = Failed),
        async_invoke(on_failure = Failed, on_success = Orders),
    )]
    pub struct Everything;

    #[alarm(Everything.iterator_age >= 60000, period = "1m", notify = Orders)]
    pub struct EverythingLags;
}
