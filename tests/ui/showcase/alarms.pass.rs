use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_reserved_concurrency,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    api_missing_validation,
    reason = "not what this test is about"
)]
pub mod orders {
    #[variable]
    pub struct PagerArn;

    #[sns(encrypted)]
    pub struct Alerts;

    #[sns(encrypted)]
    pub struct Mails;

    #[sqs(dlq(max_receives = 5))]
    pub struct Jobs;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Read;

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Api {
        #[get("/orders", auth = "aws_iam")]
        pub read: Read,
    }

    /// Reading fails.
    ///
    /// Look at the log.
    #[alarm(Read.errors >= 1, period = "1m", notify = [Alerts, Mails, PagerArn, "arn:aws:sns:eu-central-1:123456789012:all"], notify_ok)]
    pub struct ReadErrors;

    #[alarm(Read.duration.p99 > 5000, period = "5m", evaluation_periods = 3, datapoints_to_alarm = 2, notify = Alerts)]
    pub struct ReadSlow;

    #[alarm(Api.latency > 1000, statistic = "p90", notify = Alerts, treat_missing_data = "ignore")]
    pub struct ApiSlow;

    #[alarm(Jobs.dlq.approximate_number_of_messages_visible > 0, notify = Alerts, name = "rejects", description = "A job was rejected.")]
    pub struct Rejects;

    #[alarm(100 * Api.server_errors / Api.count.Sum > 1, period = "5m", notify = Alerts)]
    pub struct ErrorRate;

    #[alarm(
        IF(Api.count.Sum > 100, (Api.client_errors + Api.server_errors) / Api.count.Sum, 0) >= 0.05,
        period = "5m",
        notify = Alerts
    )]
    pub struct ErrorRateOfMany;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let alarms = &json["resource"]["aws_cloudwatch_metric_alarm"];
    assert_eq!(alarms["read_errors"]["ok_actions"].as_array().unwrap().len(), 4);
    assert_eq!(alarms["read_slow"]["extended_statistic"], "p99");
    assert_eq!(alarms["error_rate"]["metric_query"][0]["expression"], "100 * m1 / m2");
    assert_eq!(
        alarms["error_rate_of_many"]["metric_query"][0]["expression"],
        "IF(m1 > 100, (m2 + m3) / m4, 0)"
    );
}
