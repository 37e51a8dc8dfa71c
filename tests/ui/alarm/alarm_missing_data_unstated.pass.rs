use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[resource(
        aws_cloudwatch_metric_alarm,
        alarm_name = "orders-failures",
        namespace = "AWS/Lambda",
        metric_name = "Errors",
        dimensions = { "FunctionName" = "orders-import" },
        statistic = "Sum",
        period = 60,
        evaluation_periods = 1,
        comparison_operator = "GreaterThanOrEqualToThreshold",
        threshold = 1,
        treat_missing_data = "notBreaching",
        alarm_actions = [Alerts.arn]
    )]
    pub struct Failures;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
