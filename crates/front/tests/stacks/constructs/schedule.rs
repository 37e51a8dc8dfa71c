// Schedules of a function, a queue and a topic, in the group of the stack and in one of their own.

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
    /// Calls that failed for good.
    #[sqs(retention = "14d")]
    pub struct Failed;

    #[sqs(fifo)]
    pub struct Jobs;

    #[sns(encrypted)]
    pub struct Reports;

    #[lambda(arch = "arm64", timeout = "60s", log_retention = "7d")]
    pub struct Report;

    /// The report of the day before.
    #[schedule(
        "cron(0 6 ? * MON-FRI *)",
        target = Report,
        timezone = "Europe/Berlin",
        flexible = "15m",
        input = { "kind" = "daily", "days" = 1 },
        retry(attempts = 2, max_age = "1h"),
        dlq = Failed
    )]
    pub struct Daily;

    #[schedule("rate(5 minutes)", target = Jobs, message_group = "poll", input = "poll", dlq = Failed)]
    pub struct Poll;

    #[resource(aws_scheduler_schedule_group, name = "campaigns")]
    pub struct Campaigns;

    #[schedule("at(2030-01-31T08:00:00)", target = Reports, group_name = Campaigns.name, action_after_completion = "DELETE", dlq = Failed)]
    pub struct Launch;

    #[schedule("rate(1 day)", target = Reports, group_name = "default", state = "DISABLED", dlq = Failed)]
    pub struct Digest;
}
