use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    api_missing_validation,
    reason = "not what this test is about"
)]
pub mod orders {
    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Web;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Admin;

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct PublicApi {
        #[any("/", auth = "none")]
        pub root: Web,
        #[any("/{path+}", auth = "none")]
        pub everything: Web,
    }

    #[rest_api(throttle(rate = 10, burst = 20), access_log(retention = "7d"), account_role = false)]
    pub struct AdminApi {
        #[get("/users", auth = "aws_iam")]
        pub users: Admin,
        #[patch("/users/{id}", auth = "aws_iam")]
        pub user: Admin,
        #[head("/health", auth = "none")]
        #[options("/health", auth = "none")]
        pub health: Web,
    }
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
