use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    sns_missing_encryption,
    reason = "not what this test is about"
)]
pub mod orders {
    pub struct Order {
        pub id
    }

    #[sqs(retention = "4 days", dlq(max_receives = 5))]
    pub struct Jobs;

    #[sns(encripted)]
    pub struct Alerts;

    #[output(Alert.arn)]
    pub struct AlertsArn;
}

fn main() {}
