#[stack(name = "orders", region = "eu-central-1")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[sqs(visibility_timeout = "1m", dlq(max_receives = 3))]
    #[webhook_infra::expect(sqs_missing_backlog_alarm, reason = "this is about a dashboard")]
    pub struct Events;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Ingestion {
        pub events: SendMessage<Events>,
    }

    #[alarm(Ingestion.errors >= 1, notify = Alerts)]
    pub struct IngestionErrors;

    #[alarm(Events.dlq.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct DeadLetters;

    #[s3(versioned, encrypted)]
    pub struct Site;

    #[cloudfront(origin = Site, default_root = "index.html")]
    pub struct Cdn;

    #[state_machine(
        definition = { "StartAt" = "Done", "States" = { "Done" = { "Type" = "Succeed" } } },
        log(retention = "7d"),
    )]
    pub struct Checkout;

    #[sqs(for_each = toset(["eu", "us"]), visibility_timeout = "1m", dlq(max_receives = 3))]
    #[webhook_infra::expect(sqs_dlq_missing_alarm, reason = "this is about a dashboard")]
    pub struct Imports;

    #[alarm(Imports[each.key].approximate_age_of_oldest_message >= 600, for_each = toset(["eu", "us"]), notify = Alerts)]
    pub struct ImportsAge;

    /// What the people on call look at first.
    #[dashboard(
        text("# Orders\nWhat to do: https://example.com/runbook"),
        alarm(all),
        row(
            Ingestion.errors,
            Ingestion.duration.p99,
            [Ingestion.invocations, Ingestion.throttles],
            Events.dlq.approximate_number_of_messages_visible,
            Events.approximate_age_of_oldest_message,
        ),
        row(
            metric(
                100 * Ingestion.errors / Ingestion.invocations,
                title = "Failures in percent",
                period = "1m",
                threshold = 1,
                width = 16,
            ),
            metric(Ingestion.invocations, view = "single_value", statistic = "Sum"),
            period = "1h",
            height = 8,
        ),
        row(
            metric(namespace = "Orders", metric_name = "Paid", dimensions = { "Shop" = "eu" }, title = "Paid"),
            log(Ingestion, query = "filter level = 'ERROR' | limit 20", title = "Errors", width = 18),
        ),
        row([Cdn.requests, Cdn.server_error_rate], [Checkout.executions_failed, Checkout.executions_succeeded]),
        alarm(IngestionErrors, DeadLetters, title = "By hand", height = 3),
        start = "-PT12H",
    )]
    pub struct Overview;

    #[output(Overview.arn)]
    pub struct OverviewArn;
}
