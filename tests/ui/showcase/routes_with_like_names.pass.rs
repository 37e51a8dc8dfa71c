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
    pub struct Api {
        #[get("/a-b", auth = "none")]
        pub a: Read,
        #[get("/a_b", auth = "none")]
        pub b: Read,
        #[get("/a/b", auth = "none")]
        pub c: Read,
        #[get("/{a}/b", auth = "none", validate(params))]
        pub d: Read,
        #[get("/{a}/a_b", auth = "none", validate(params))]
        pub e: Read,
        #[get("/by/a/b", auth = "none")]
        pub f: Read,
    }
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
