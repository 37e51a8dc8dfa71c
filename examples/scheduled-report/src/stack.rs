//! EventBridge Scheduler → Lambda → SES: the report of the day before, in the inbox at seven.

use webhook_infra::prelude::*;

/// The daily report.
#[stack(name = "report", region = "eu-central-1", tags(service = "report"))]
pub mod scheduled_report {
    use super::*;

    /// Who reads the report.
    #[variable]
    pub struct Reader;

    /// Who sends it. SES has to be shown that the address is ours.
    #[variable]
    pub struct Sender;

    #[resource(aws_sesv2_email_identity, email_identity = var.sender)]
    pub struct SenderIdentity;

    /// Where alarms go.
    #[sns(encrypted)]
    pub struct Alerts;

    /// What the report is made of.
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Sales {
        #[hash_key]
        pub day: String,
        #[range_key]
        pub id: String,
        pub amount: u64,
    }

    /// Reports that could not even be started.
    #[sqs(retention = "14d")]
    pub struct Missed;

    /// Reads the day's sales and mails them.
    #[lambda(
        arch = "arm64",
        timeout = "60s",
        reserved = 1,
        log_retention = "14d",
        environment = { "READER" = var.reader, "SENDER" = var.sender },
        statement(actions = ["ses:SendEmail"], resources = [SenderIdentity.arn]),
        async_invoke(retries = 2, max_age = "1h", on_failure = Missed)
    )]
    pub struct Report {
        pub sales: Query<Sales>,
    }

    /// Every working day at seven, in Berlin's time.
    #[schedule(
        "cron(0 7 ? * MON-FRI *)",
        target = Report,
        timezone = "Europe/Berlin",
        input = { "kind" = "daily" },
        retry(attempts = 3, max_age = "1h"),
        dlq = Missed
    )]
    pub struct EveryMorning;

    /// The report was not made.
    #[alarm(Report.errors >= 1, period = "5m", notify = Alerts)]
    pub struct ReportErrors;

    /// A report is missing.
    #[alarm(Missed.approximate_number_of_messages_visible >= 1, period = "5m", notify = Alerts)]
    pub struct MissedReports;
}
