// whole document: a provider of which nothing is known, so that Terraform alone can judge this.

#[stack(name = "mixed", region = "eu-central-1")]
pub mod mixed {
    #[provider(datadog, source = "DataDog/datadog", version = "~> 3.40", api_key = var.datadog_key)]
    pub struct Datadog;

    /// The key of the account at Datadog.
    #[variable(sensitive)]
    pub struct DatadogKey;

    /// Unchecked, in the words of the provider: blocks may stand side by side.
    #[resource(
        datadog_monitor,
        name = "latency",
        type = "query alert",
        query = "avg(last_5m):p99:latency{*} > 1",
        monitor_thresholds(critical = 1, warning = 0.5),
        scheduling_options(evaluation_window(day_starts = "04:00")),
        scheduling_options(evaluation_window(hour_starts = 0)),
        depends_on = [Zone],
        lifecycle(ignore_changes = [name]),
    )]
    pub struct Latency;

    #[resource(aws_route53_zone, name = "example.com")]
    pub struct Zone;
}
