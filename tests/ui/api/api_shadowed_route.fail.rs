use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Listing;

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Api {
        #[get("/orders/{id}", auth = "aws_iam", validate(params))]
        pub one: Listing,
        #[get("/orders/{order}/lines", auth = "aws_iam", validate(params))]
        pub lines: Listing,
    }
}

fn main() {}
