// A secret, a parameter, a log group and a metric filter for each country, and one key for all of them.

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this is about")]
pub mod orders {
    #[variable(default = ["at", "ch"])]
    pub struct Countries(pub BTreeSet<String>);

    #[kms_key]
    pub struct Data;

    #[kms_key(for_each = toset(var.countries))]
    pub struct Local;

    #[sqs(visibility_timeout = "1m", key = Local["at"], dlq(max_receives = 5))]
    #[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this is about")]
    pub struct Jobs;

    #[sns(encrypted)]
    pub struct Alerts;

    #[secret(for_each = toset(var.countries), key = Data)]
    pub struct Partner;

    #[parameter(for_each = toset(var.countries), value = "10")]
    pub struct Limit;

    #[log_group(for_each = toset(var.countries), retention = "7d", key = Data)]
    pub struct Audit;

    #[log_metric_filter(Audit["at"], pattern = "ERROR")]
    pub struct Errors;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Work {
        pub jobs: SendMessage<Jobs>,
        pub partner: GetSecretValue<Partner>,
        pub limit: GetParameter<Limit>,
        pub audit: PutLogEvents<Audit>,
    }

    #[alarm(Errors >= 1, notify = Alerts)]
    pub struct ErrorsLogged;
}
