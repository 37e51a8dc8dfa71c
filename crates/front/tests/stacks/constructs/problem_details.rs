//! What API Gateway refuses itself, as problem documents.

#[stack(name = "orders", region = "eu-central-1")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Read;

    #[alarm(Read.errors >= 1, notify = Alerts)]
    pub struct ReadErrors;

    #[rest_api(throttle(rate = 10, burst = 20), access_log(retention = "7d"), problem_details)]
    pub struct Api {
        #[get("/orders", auth = "aws_iam")]
        pub read: Read,
    }
}
