// whole document: a provider with the schema of its file, and one of which nothing is known.

#[stack(name = "mixed", region = "eu-central-1")]
pub mod mixed {
    #[provider(random, version = "~> 3.6", schema = "tests/stacks/providers/random.json")]
    pub struct Random;

    /// What the service is called by others.
    #[resource(random_pet, length = 2, keepers = { "stage" = "prod" })]
    pub struct Nickname;

    #[resource(aws_ssm_parameter, name = "/mixed/nickname", type = "String", value = Nickname.id)]
    pub struct NicknameParameter;

    #[provider(datadog, source = "DataDog/datadog", version = "~> 3.40", api_key = var.datadog_key)]
    pub struct Datadog;

    /// The key of the account at Datadog.
    #[variable(sensitive)]
    pub struct DatadogKey;

    /// Unchecked, in the words of the provider: blocks may stand side by side.
    #[resource(
        datadog_monitor,
        name = "latency of ${Nickname.id}",
        type = "query alert",
        query = "avg(last_5m):p99:latency{*} > 1",
        monitor_thresholds(critical = 1, warning = 0.5),
        scheduling_options(evaluation_window(day_starts = "04:00")),
        scheduling_options(evaluation_window(hour_starts = 0)),
        depends_on = [Nickname],
        lifecycle(ignore_changes = [name]),
    )]
    pub struct Latency;
}
