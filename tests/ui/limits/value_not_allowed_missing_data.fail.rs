use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(
        aws_cloudwatch_metric_alarm,
        alarm_name = "orders-errors",
        namespace = "AWS/Lambda",
        metric_name = "Errors",
        dimensions = { "FunctionName" = "orders-ingestion" },
        comparison_operator = "GreaterThanOrEqualToThreshold",
        threshold = 1,
        period = 60,
        evaluation_periods = 1,
        statistic = "Sum",
        treat_missing_data = "not_breaching",
        alarm_actions = [Alerts.arn]
    )]
    pub struct Errors;

    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
