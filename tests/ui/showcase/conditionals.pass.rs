use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[sqs(
        visibility_timeout = if Stage == "live" { 120 } else { 60 },
        dlq(max_receives = if Stage == "live" { 10 } else { 3 })
    )]
    pub struct Jobs;

    #[lambda(
        arch = "arm64",
        timeout = "10s",
        log_retention = "7d",
        reserved = if Stage == "live" { 50 } else if Stage == "test" { 5 } else { 1 },
        environment = { "LOG" = if Stage == "live" { "warn" } else { "debug" } }
    )]
    pub struct Work;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let queue = &json["resource"]["aws_sqs_queue"]["jobs"];
    assert_eq!(queue["visibility_timeout_seconds"], "${var.stage == \"live\" ? 120 : 60}");
    let function = &json["resource"]["aws_lambda_function"]["work"];
    assert_eq!(
        function["reserved_concurrent_executions"],
        "${var.stage == \"live\" ? 50 : var.stage == \"test\" ? 5 : 1}"
    );
}
