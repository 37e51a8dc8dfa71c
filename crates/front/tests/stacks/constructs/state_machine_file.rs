#[stack(name = "shop")]
pub mod shop {
    #[sqs(visibility_timeout = "1m", dlq(max_receives = 3))]
    #[webhook_infra::expect(sqs_missing_backlog_alarm, reason = "this is about a workflow")]
    #[webhook_infra::expect(sqs_dlq_missing_alarm, reason = "this is about a workflow")]
    pub struct Orders;

    #[state_machine(
        definition_file = "flows/refund.asl.json",
        substitutions = { "queue" = Orders.url, "limit" = 100 },
        log(level = "ALL", retention = "30d"),
    )]
    pub struct Refund {
        pub orders: SendMessage<Orders>,
    }

    /// Nothing but a state: it needs no permissions.
    #[state_machine(
        definition = { "StartAt" = "Done", "States" = { "Done" = { "Type" = "Succeed" } } },
        role_arn = var.role,
        logging_configuration(level = "ALL", log_destination = "${var.log_group}:*"),
    )]
    pub struct Nothing;

    #[variable]
    pub struct Role;

    #[variable]
    pub struct LogGroup;
}
