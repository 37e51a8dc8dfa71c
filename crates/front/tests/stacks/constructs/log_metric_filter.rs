// Metrics made of logs, the alarms that watch them, and log groups of one's own.

#[stack(name = "orders-${var.stage}")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this is about")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[kms_key]
    pub struct Data;

    #[sns(key = Data)]
    pub struct Alerts;

    /// What partners do.
    #[log_group(retention = "90d", key = Data)]
    pub struct Audit;

    #[log_group(name = "/shared/cheap", retention = "7d", class = "infrequent_access")]
    pub struct Cheap;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Ingestion {
        pub audit: PutLogEvents<Audit>,
    }

    /// Lines of the level ERROR.
    #[log_metric_filter(
        Ingestion.log_group,
        pattern = "{ $.level = \"ERROR\" }",
        metric = "errors",
        namespace = "Orders",
        value = 1,
        default = 0,
    )]
    pub struct Errors;

    #[log_metric_filter(Audit, pattern = "{ $.latency = * }", value = "$.latency", unit = "Milliseconds",
        dimensions = { "Route" = "$.route", "Method" = "$.method" })]
    pub struct Latency;

    #[log_metric_filter("/aws/rds/instance/orders/error", pattern = "?FATAL ?\"out of memory\"")]
    pub struct DatabaseFailures;

    #[alarm(Errors >= 1, period = "1m", notify = Alerts)]
    pub struct ErrorsLogged;

    #[alarm(Errors.average > 2, period = "1m", notify = Alerts)]
    pub struct ManyErrors;

    #[alarm(Latency.p99 > 500, period = "5m", dimensions = { "Route" = "/orders", "Method" = "POST" }, notify = Alerts)]
    pub struct Slow;

    #[alarm(Audit.incoming_bytes > 1_000_000_000, period = "1h", notify = Alerts)]
    pub struct TooMuch;

    #[alarm(Errors.sum / Ingestion.invocations > 0.1, period = "5m", notify = Alerts)]
    pub struct ErrorRate;
}
