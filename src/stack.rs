//! The whole infrastructure of the webhook processor, on one page.
//!
//! `cargo build` turns this module into `out/main.tf.json`. It is compiled into the library, where the
//! functions find their queues and tables, and into `build.rs`, which writes the file.

use webhook_infra::prelude::*;

/// A fintech's webhooks: received, queued, stored, and readable.
#[stack(name = "webhook", region = var.region, tags(service = "webhook-processor"))]
pub mod webhook {
    use super::*;

    /// AWS region to deploy to.
    #[variable(default = "us-east-1")]
    pub struct Region;

    // ---- what is stored ----

    /// One item for each event of a transaction, in the order in which they happened.
    ///
    /// Beside them are items that are no events: `~seen#…`, a partition of its own, makes each event happen
    /// once; `~conflict#…`, after all events in order, is an event id that came again with another body.
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    #[derive(Clone, Debug, PartialEq)]
    #[serde(rename_all = "camelCase")]
    pub struct Transactions {
        #[hash_key]
        pub transaction_id: String,
        /// When the event happened, `2026-04-09T12:34:56.000Z`, when it came, who sent it, and its id.
        #[range_key]
        pub timestamp: String,
        pub provider: String,
        pub event_id: String,
        pub event_type: String,
        pub status: String,
        pub received_at: String,
        pub correlation_id: String,
        pub payload_key: String,
        pub payload_sha256: String,
    }

    /// Raw payloads as they were received, archived after 30 days.
    #[s3(
        versioned,
        encrypted = "AES256",
        archive(after = "30d", to = "GLACIER")
    )]
    pub struct Payloads;

    // ---- what is on its way ----

    /// What ingestion hands to processing.
    #[derive(Clone, Debug, PartialEq)]
    #[serde(rename_all = "camelCase")]
    pub struct WebhookEvent {
        pub transaction_id: String,
        pub event_id: String,
        pub provider: String,
        pub event_type: String,
        pub status: String,
        /// When it happened, where the provider says so.
        pub occurred_at: Option<String>,
        pub received_at: String,
        pub correlation_id: String,
        /// Where the payload is archived, or will be.
        pub payload_key: String,
        pub payload_sha256: String,
        /// The payload, unless ingestion has archived it already because a queue cannot carry it.
        pub body: Option<String>,
    }

    /// Decouples ingestion from processing.
    #[sqs(
        visibility_timeout = "5m",
        retention = "4d",
        dlq(max_receives = 3, retention = "14d")
    )]
    pub struct Events(pub WebhookEvent);

    // ---- the functions ----

    /// The secrets of each provider, as JSON: `{"stripe": ["whsec_…"], "acme": {"scheme": "standard-webhooks", "secrets": ["whsec_…"]}}`.
    /// The value is put in by hand: `aws secretsmanager put-secret-value --secret-id webhook/provider-secrets --secret-string …`.
    #[secret]
    pub struct ProviderSecrets;

    /// Takes a webhook in, checks who sent it, and queues it.
    #[lambda(
        arch = "arm64",
        memory = 256,
        timeout = "10s",
        reserved = 50,
        log_retention = "7d"
    )]
    pub struct Ingestion {
        pub events: SendMessage<Events>,
        /// For payloads that are too large for a message.
        #[objects(prefix = "raw/")]
        pub payloads: PutObject<Payloads>,
        pub secrets: GetSecretValue<ProviderSecrets>,
    }

    /// Archives the payload of a webhook and stores its event.
    #[lambda(
        arch = "arm64",
        memory = 256,
        timeout = "50s",
        reserved = 100,
        log_retention = "7d",
        trigger(Events, batch_size = 10, max_concurrency = 100)
    )]
    pub struct Processing {
        pub transactions: PutItem<Transactions>,
        #[objects(prefix = "raw/")]
        pub payloads: PutObject<Payloads>,
    }

    /// Answers what became of a transaction.
    #[lambda(arch = "arm64", memory = 256, timeout = "10s", log_retention = "7d")]
    #[webhook_infra::expect(
        lambda_missing_reserved_concurrency,
        reason = "it only reads, and the API's throttle bounds it; the account's pool is for the writers"
    )]
    pub struct Status {
        pub transactions: Query<Transactions>,
    }

    // ---- the API ----

    /// The body of a webhook: any JSON object. A provider that names the transaction says so here.
    #[serde(rename_all = "camelCase")]
    pub struct WebhookBody {
        /// The transaction that the webhook is about: a text or a number.
        pub transaction_id: Option<Json>,
    }

    /// Where webhooks arrive, and where their state can be read.
    #[rest_api(
        throttle(rate = 1000, burst = 2000),
        access_log(retention = "7d"),
        problem_details
    )]
    pub struct Api {
        /// Open to the world: providers sign what they send, and the function checks it.
        #[post("/webhook/{provider}", auth = "none", validate(params, body = WebhookBody))]
        pub webhook: Ingestion,
        /// Internal: callers sign with AWS credentials.
        #[get("/status/{transactionId}", auth = "aws_iam", validate(params))]
        pub status: Status,
    }

    // ---- what wakes somebody up ----

    /// Where alarms go.
    #[sns(encrypted)]
    pub struct Alerts;

    /// Ingestion fails: webhooks are answered with errors, and providers will retry.
    #[alarm(Ingestion.errors >= 1, period = "1m", notify = Alerts)]
    pub struct IngestionErrors;

    /// Processing fails: messages come back, and reach the dead-letter queue after 3 receives.
    #[alarm(Processing.errors >= 1, period = "1m", notify = Alerts)]
    pub struct ProcessingErrors;

    /// Status fails: callers get errors.
    #[alarm(Status.errors >= 1, period = "1m", notify = Alerts)]
    pub struct StatusErrors;

    /// The backlog has grown for a quarter of an hour: more comes in than is worked off.
    #[alarm(
        DIFF(Events.approximate_number_of_messages_visible) > 0,
        period = "5m", evaluation_periods = 3, notify = Alerts,
    )]
    pub struct BacklogGrowth;

    /// A webhook has waited for ten minutes.
    #[alarm(Events.approximate_age_of_oldest_message >= 600, period = "1m", notify = Alerts)]
    pub struct BacklogAge;

    /// A webhook could not be processed and waits for a redrive.
    #[alarm(Events.dlq.approximate_number_of_messages_visible >= 1, period = "1m", notify = Alerts)]
    pub struct DeadLetters;

    /// Senders get errors of ours, which Lambda's own count does not show: a queue or a secret is out of reach.
    #[alarm(Api.server_errors >= 1, period = "1m", notify = Alerts)]
    pub struct ApiErrors;

    /// Many signatures are wrong: a secret was changed on one side only, or somebody tries.
    #[alarm(
        namespace = "WebhookProcessor", metric_name = "Rejected", dimensions = { "Reason" = "invalid-signature" },
        comparison_operator = "GreaterThanOrEqualToThreshold", threshold = 10, statistic = "Sum",
        period = "5m", notify = Alerts,
    )]
    pub struct InvalidSignatures;

    /// An event id came again with another body: the provider repeats ids, or somebody replays with changes.
    #[alarm(
        namespace = "WebhookProcessor", metric_name = "Conflict",
        comparison_operator = "GreaterThanOrEqualToThreshold", threshold = 1, statistic = "Sum",
        period = "5m", notify = Alerts,
    )]
    pub struct Conflicts;

    /// Single messages of a batch fail, which Lambda's own count of errors does not show.
    #[alarm(
        namespace = "WebhookProcessor", metric_name = "Failed",
        comparison_operator = "GreaterThanOrEqualToThreshold", threshold = 5, statistic = "Sum",
        period = "5m", notify = Alerts,
    )]
    pub struct FailedMessages;

    // ---- what others need to know ----

    /// Base URL of the API.
    #[output(Api.url)]
    pub struct ApiUrl;

    /// Name of the table with the transactions.
    #[output(Transactions.name)]
    pub struct TableName;

    /// Name of the bucket with the raw payloads.
    #[output(Payloads.bucket)]
    pub struct BucketName;

    /// URL of the queue.
    #[output(Events.url)]
    pub struct QueueUrl;

    /// URL of the dead-letter queue.
    #[output(Events.dlq.url)]
    pub struct DeadLetterQueueUrl;

    /// ARN of the secret to put the providers' secrets into.
    #[output(ProviderSecrets.arn)]
    pub struct ProviderSecretsArn;

    /// ARN of the topic to subscribe to.
    #[output(Alerts.arn)]
    pub struct AlertsTopicArn;

    /// Names of the functions.
    #[output({ "ingestion" = Ingestion.name, "processing" = Processing.name, "status" = Status.name })]
    pub struct FunctionNames;
}
