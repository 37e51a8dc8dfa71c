use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    use super::*;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Work;

    #[log_metric_filter(Work.log_group, pattern = "ERROR")]
    pub struct Errors;

    #[sns(encrypted)]
    pub struct Alerts;

    #[alarm(Errors.avrage >= 1, notify = Alerts)]
    pub struct ErrorsLogged;
}

fn main() {}
