use webhook_infra::prelude::*;

#[stack(name = "orders", region = "eu-central-1", tags(team = "orders"), artifacts = "../dist", tracing)]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod orders {
    use super::*;

    #[sqs(visibility_timeout = "10m", dlq(max_receives = 5))]
    pub struct Jobs;

    /// Works on jobs.
    #[lambda(
        name = "orders-worker",
        arch = "arm64",
        runtime = "provided.al2023",
        handler = "bootstrap",
        memory = "1GB",
        timeout = "1m",
        reserved = 20,
        storage = "2GB",
        log_retention = "2w",
        log_level = "DEBUG",
        log_format = "JSON",
        tracing = false,
        environment = { "STAGE" = "test", RUST_BACKTRACE = "1" },
        artifact = "worker.zip",
        layers = ["arn:aws:lambda:eu-central-1:123456789012:layer:insights:1"],
        publish,
        depends_on = [Jobs],
        lifecycle(ignore_changes = [source_code_hash, filename]),
        trigger(Jobs, batch_size = 100, batching_window = "5s", max_concurrency = 10, enabled = true)
    )]
    pub struct Worker;

    #[sns(encrypted)]
    pub struct Alerts;

    #[alarm(Worker.errors >= 1, period = "1m", notify = Alerts)]
    pub struct WorkerErrors;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
