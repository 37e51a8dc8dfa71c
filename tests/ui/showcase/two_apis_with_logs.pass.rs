use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this test is about"
)]
pub mod orders {
    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Read;

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct One {
        #[get("/a", auth = "none")]
        pub read: Read,
    }

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Two {
        #[get("/a", auth = "none")]
        pub read: Read,
    }
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["resource"]["aws_api_gateway_account"].as_object().unwrap().len(), 1);
}
