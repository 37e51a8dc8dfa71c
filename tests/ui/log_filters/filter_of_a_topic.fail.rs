use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[log_metric_filter(Alerts, pattern = "ERROR")]
    pub struct Errors;
}

fn main() {}
