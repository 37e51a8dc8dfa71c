use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[log_metric_filter(pattern = "ERROR")]
    pub struct Errors;
}

fn main() {}
