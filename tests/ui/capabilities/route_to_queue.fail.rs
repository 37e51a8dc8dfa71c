use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    api_missing_validation,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    #[sqs(dlq(max_receives = 5))]
    pub struct Jobs;

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Api {
        #[post("/jobs", auth = "aws_iam")]
        pub jobs: Jobs,
    }
}

fn main() {}
