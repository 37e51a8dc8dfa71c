use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[lambda(arch = "arm64", memory = 256, timeout = "10s", reserved = 50, log_retention = "7d")]
    pub struct Notifier;

    #[resource(
        aws_lambda_permission,
        action = "lambda:InvokeFunction",
        function_name = Notifier.name,
        principal = "sns.amazonaws.com",
        source_arn = Alerts.arn
    )]
    pub struct AlertsMayCall;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
