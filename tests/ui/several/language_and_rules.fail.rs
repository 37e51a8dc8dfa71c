use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    sqs_missing_backlog_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::*;

    #[sqs]
    pub struct Jobs;

    #[s3(encrypted)]
    pub struct Uploads;

    #[lambda(timeout = "20m", log_retention = "7d")]
    pub struct Archive {
        pub uploads: PutObject<Upload>,
    }

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Api {
        #[get("archive", auth = "aws_iam")]
        pub archive: Archive,
    }
}

fn main() {}
