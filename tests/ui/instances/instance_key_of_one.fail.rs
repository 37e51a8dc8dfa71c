use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, lambda_missing_error_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    #[sqs(dlq(max_receives = 5))]
    pub struct Orders;

    #[output(Orders[0].url)]
    pub struct Url;
}

fn main() {}
