use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Listing;

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Api {
        #[get("/orders", auth = "aws_iam")]
        pub all: Listing,
        #[get("/orders/recent", auth = "aws_iam")]
        pub recent: Listing,
    }
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
