use webhook_infra::prelude::*;

#[stack(name = "shared")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "another test's matter")]
pub mod shared {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[sqs(visibility_timeout = "3m", dlq(max_receives = 5))]
    pub struct Events;
}

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "another test's matter")]
pub mod orders {
    use super::*;

    #[output(shared::Events.dlq.url)]
    pub struct Shown;
}

fn main() {
    webhook_infra::build::<orders::Stack>().include::<shared::Stack>().render().unwrap();
}
