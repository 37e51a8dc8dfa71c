// What Lambda and Step Functions need of a role when an argument is written in Terraform's own words.

#[stack(name = "orders", region = "eu-central-1")]
#[webhook_infra::allow(lambda_missing_error_alarm, state_machine_missing_failure_alarm, sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, sqs_missing_dlq, state_machine_missing_logging, reason = "not what this is about")]
pub mod orders {
    #[data(aws_subnets, filter(name = "tag:Tier", values = ["private"]))]
    pub struct Private;

    #[data(aws_security_group, name = "functions")]
    pub struct Functions;

    #[kms_key]
    pub struct Data;

    #[sqs(key = Data, retention = "14d")]
    pub struct Failed;

    #[sns(key = Data)]
    pub struct Alerts;

    /// In a VPC, with dead letters and traces; it tells the workflow that calls it of its result.
    #[lambda(
        arch = "arm64", timeout = "10s", reserved = 1, log_retention = "7d",
        vpc_config(subnet_ids = Private.ids, security_group_ids = [Functions.id]),
        dead_letter_config(target_arn = Failed.arn),
        tracing_config(mode = "Active"),
        statement(actions = ["states:SendTaskSuccess"], resources = [Flow.arn]),
    )]
    pub struct Charge;

    #[lambda(
        arch = "arm64", timeout = "10s", reserved = 1, log_retention = "7d",
        dead_letter_config(target_arn = Alerts.arn),
        tracing_config(mode = "PassThrough"),
    )]
    pub struct Ship;

    #[lambda(
        arch = "arm64", timeout = "10s", reserved = 1, log_retention = "7d",
        dead_letter_config(target_arn = "arn:aws:sqs:eu-central-1:111122223333:failed"),
        depends_on = [Failed],
    )]
    pub struct Bill;

    #[state_machine(
        definition = { "StartAt" = "Charge", "States" = { "Charge" = { "Type" = "Task", "Resource" = Charge.arn, "End" = true,
            "Retry" = [{ "ErrorEquals" = ["States.ALL"] }] } } },
        tracing_configuration(enabled = true),
    )]
    pub struct Flow {
        pub charge: Invoke<Charge>,
    }
}
