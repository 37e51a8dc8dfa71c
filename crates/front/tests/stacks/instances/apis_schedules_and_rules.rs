// APIs, schedules, rules and functions with aliases, one for each country.

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
    #[sqs(retention = "14d")]
    pub struct Failed;

    #[sns(encrypted)]
    pub struct News;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Report;

    #[lambda(
        for_each = toset(["de", "fr"]),
        arch = "arm64",
        timeout = "10s",
        log_retention = "7d",
        artifact = "../target/lambda/report/bootstrap.zip",
        alias(live),
        url(auth = "aws_iam")
    )]
    pub struct Local;

    #[lambda(arch = "arm64", timeout = "20s", log_retention = "7d")]
    pub struct Caller {
        pub local: Invoke<Local>,
    }

    #[schedule(
        "cron(0 6 * * ? *)",
        for_each = { "de" = "Europe/Berlin", "pt" = "Europe/Lisbon" },
        target = Report,
        timezone = each.value,
        input = { "country" = each.key },
        dlq = Failed
    )]
    pub struct Morning;

    #[event_rule(
        for_each = toset(["de", "fr"]),
        pattern = { "detail" = { "country" = [each.key] } },
        target(Report, dlq = Failed),
        target(News, dlq = Failed)
    )]
    pub struct Orders;

    #[http_api(for_each = toset(["de", "fr"]), throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Api {
        #[get("/report", auth = "aws_iam")]
        pub report: Report,
    }
}
