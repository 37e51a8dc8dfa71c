// durations, sizes and names in the branches of an expression, and flags that Terraform works out.

#[stack(name = "orders", region = "eu-central-1")]
#[webhook_infra::allow(
    lambda_missing_error_alarm, lambda_missing_reserved_concurrency, sqs_dlq_missing_alarm,
    sqs_missing_backlog_alarm, dynamodb_missing_pitr, reason = "not what this test is about"
)]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[variable(default = 300)]
    pub struct Visibility;

    #[sqs(
        delay = if Stage == "live" { "5m" } else { "1m" },
        visibility_timeout = Visibility,
        retention = lookup({ "live" = "14d", "test" = "1d" }, Stage, "4d"),
        dlq(max_receives = 5, retention = ["7d", "14d"][if Stage == "live" { 1 } else { 0 }]),
        encrypted = Stage == "live",
    )]
    pub struct Events;

    #[lambda(
        arch = "arm64",
        memory = if Stage == "live" { "1GB" } else { if Stage == "test" { 256 } else { "512MB" } },
        timeout = "10s",
        log_retention = if Stage == "live" { "30d" } else { "7d" },
    )]
    pub struct Worker;

    #[dynamodb(
        billing = if Stage == "live" { "PROVISIONED" } else { "on_demand" },
        pitr = Stage == "live",
        encrypted,
        deletion_protection = Stage == "live",
    )]
    pub struct Orders {
        #[hash_key]
        pub id: String,
    }

    #[kms_key(rotation = Stage == "live")]
    pub struct Master;
}
