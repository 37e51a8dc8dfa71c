use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    #[sns(encrypted = true)]
    pub struct Alerts;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Tell {
        pub alerts: Publish<Alerts>,
    }
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    assert!(json.contains("PublishAlertsKey"));
}
