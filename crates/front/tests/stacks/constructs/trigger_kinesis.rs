// A stream with shards of its own and one on demand, who writes to it, and who reads it.

#[stack(name = "clicks", region = "eu-central-1")]
#[webhook_infra::allow(lambda_missing_error_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod clicks {
    /// What a click is made of.
    pub struct Click {
        pub page: String,
    }

    /// Every click of the site.
    #[kinesis(shards = 2, retention = "48h", shard_level_metrics = ["IteratorAgeMilliseconds"])]
    pub struct Clicks(pub Click);

    #[kinesis(on_demand, key = StreamKey)]
    pub struct Payments;

    #[kms_key]
    pub struct StreamKey;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[sns(encrypted)]
    pub struct Alerts;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 10, log_retention = "7d")]
    pub struct Track {
        pub clicks: PutRecords<Clicks>,
        pub payments: PutRecord<Payments>,
    }

    #[lambda(
        arch = "arm64", timeout = "10s", reserved = 10, log_retention = "7d",
        trigger(Clicks, retries = 3, bisect, on_failure = Failed, consumer),
        trigger(Payments, retries = 3, bisect, on_failure = Failed),
    )]
    pub struct Count;

    #[alarm(Count.iterator_age >= 60000, period = "1m", notify = Alerts)]
    pub struct CountLags;

    #[alarm(Clicks.write_provisioned_throughput_exceeded >= 1, period = "1m", notify = Alerts)]
    pub struct ClicksThrottled;
}
