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

    #[http_api(
        throttle(rate = 100, burst = 200),
        access_log(retention = "7d"),
        authorizer(jwt, issuer = "login.example", audience = ["orders"])
    )]
    pub struct Api {
        #[get("/orders", auth = "jwt")]
        pub read: Read,
    }
}

fn main() {}
