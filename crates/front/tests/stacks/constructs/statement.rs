// Permissions for which there is no capability, on a function and on a state machine.

#[stack(name = "mail", region = "eu-central-1")]
#[webhook_infra::allow(lambda_missing_error_alarm, state_machine_missing_failure_alarm, reason = "not what this is about")]
pub mod mail {
    #[resource(aws_sesv2_email_identity, email_identity = "reports@example.com")]
    pub struct Sender;

    #[lambda(
        arch = "arm64", timeout = "10s", reserved = 1, log_retention = "7d",
        statement(sid = "Mail", actions = ["ses:SendEmail"], resources = [Sender.arn]),
        statement(
            effect = "Deny", actions = ["ses:SendRawEmail"], resources = [Sender.arn],
            condition(test = "StringNotEquals", variable = "ses:FromAddress", values = ["reports@example.com"])
        )
    )]
    pub struct Mailer;

    #[state_machine(
        definition = { "StartAt" = "Wait", "States" = { "Wait" = { "Type" = "Wait", "Seconds" = 5, "End" = true } } },
        log(level = "ERROR", retention = "7d"),
        statement(actions = ["ses:SendEmail"], resources = [Sender.arn])
    )]
    pub struct Flow;
}
