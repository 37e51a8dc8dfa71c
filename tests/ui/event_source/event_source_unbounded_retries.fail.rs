use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sns(encrypted)]
    pub struct Messages;
    #[sqs(retention = "14d")]
    pub struct Failed;
    #[alarm(Worker.iterator_age >= 60000, period = "1m", notify = Messages)]
    pub struct WorkerLags;
    #[kinesis(on_demand)]
    pub struct Clicks;
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", trigger(Clicks, on_failure = Failed))]
    pub struct Worker;
}

fn main() {}
