// Keys: one for data that services write to, one that signs, and everything that takes `key = …`.

#[stack(name = "orders-${var.stage}")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this is about")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    /// Encrypts everything about orders.
    #[kms_key(rotation = "180d", services = ["backup.amazonaws.com"])]
    pub struct Data;

    /// Signs receipts.
    #[kms_key(usage = "sign", name = "orders/receipts")]
    pub struct Receipts;

    /// What it costs nobody to read.
    #[kms_key(usage = "mac")]
    pub struct Tokens;

    /// Where alarms go.
    #[sns(key = Data)]
    pub struct Alerts;

    #[sqs(visibility_timeout = "1m", key = Data, dlq(max_receives = 5))]
    pub struct Jobs;

    /// The queue hears the topic.
    #[resource(aws_sns_topic_subscription, topic_arn = Alerts.arn, protocol = "sqs", endpoint = Jobs.arn)]
    pub struct Hears;

    /// Events that could not be delivered.
    #[sqs(retention = "14d", key = Data)]
    #[webhook_infra::allow(sqs_missing_dlq, reason = "it is one")]
    pub struct Failed;

    #[event_bus]
    pub struct Shop;

    #[event_rule(bus = Shop, pattern = { "source" = ["shop"] }, target(Jobs, dlq = Failed))]
    pub struct Sold;

    #[schedule("rate(1 day)", target = Jobs)]
    #[webhook_infra::allow(schedule_missing_dlq, reason = "not what this is about")]
    pub struct Nightly;

    #[dynamodb(billing = "on_demand", pitr, deletion_protection, key = Data)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }

    #[s3(versioned, key = Data)]
    pub struct Uploads;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", key = Data, log_key = Data)]
    pub struct Work {
        pub jobs: SendMessage<Jobs>,
        pub invoices: GetItem<Invoices>,
        pub uploads: PutObject<Uploads>,
        pub open: Decrypt<Data>,
        pub seal: GenerateDataKey<Data>,
        pub sign: Sign<Receipts>,
        pub make: GenerateMac<Tokens>,
    }

    #[alarm(Work.errors >= 1, notify = Alerts)]
    pub struct WorkErrors;
}
